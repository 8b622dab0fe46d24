import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

/** The built files of the browser's part, by the names that pages use. */
export type Assets = {
  readonly script: (name: "site" | "live" | "conversation" | "passkey" | "find" | "room" | "push" | "picture" | "left") => string;
  readonly style: string;
  /** The sheet that home carries within itself on her first visit, and the source by which a page's policy lets it in. */
  readonly first: { readonly css: string; readonly source: string };
};

const manifestSchema = z.record(z.string(), z.object({ file: z.string(), name: z.string().optional(), css: z.array(z.string()).optional(), assets: z.array(z.string()).optional() }));

/** Reads Vite's manifest at `folder` (a file URL). Throws when the project was not built. */
export function readAssets(folder: URL): Assets {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(new URL(".vite/manifest.json", folder), "utf8")));
  const entries = Object.entries(manifest);
  const fileOf = (ending: string): string => {
    const found = entries.find(([source]) => source.endsWith(ending));
    if (!found) throw new Error(`The build has no ${ending}. Run: npm run build`);
    return `/${found[1].file}`;
  };
  const style = fileOf("platform/ui/theme.css");
  const scripts = {
    site: fileOf("site.browser.ts"),
    live: fileOf("live.browser.ts"),
    conversation: fileOf("conversation.browser.ts"),
    passkey: fileOf("passkey.browser.ts"),
    find: fileOf("find.browser.tsx"),
    push: fileOf("seats/views/push.browser.ts"),
    picture: fileOf("pictures/views/picture.browser.ts"),
    left: fileOf("safety/views/left.browser.ts"),
    room: fileOf("evening/views/room.browser.ts"),
  };
  const css = readFileSync(new URL(`.${fileOf("platform/ui/first.css")}`, folder), "utf8").trim();
  return { script: (name) => scripts[name], style, first: asFirst(css) };
}

const asFirst = (css: string): Assets["first"] => ({ css, source: `'sha256-${createHash("sha256").update(css).digest("base64")}'` });

/** For tests of pages that need no built files. */
export const plainAssets: Assets = { script: (name) => `/assets/${name}.js`, style: "/assets/theme.css", first: asFirst("h1{color:teal}") };
