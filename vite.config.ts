import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

/** What the browser gets: one small script for every page, and one more for each place where a hand needs it. */
export default defineConfig({
  plugins: [tailwindcss()],
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "dist/public",
    assetsDir: "assets",
    manifest: true,
    emptyOutDir: true,
    target: "es2020",
    // The oldest browsers with cascade layers, on which the whole sheet stands: for older ones every rounded corner would be said four times, by twenty languages.
    cssTarget: ["chrome99", "firefox97", "safari15.4"],
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        site: "platform/ui/browser/site.browser.ts",
        theme: "platform/ui/theme.css",
        first: "platform/ui/first.css",
        live: "platform/ui/browser/live.browser.ts",
        conversation: "features/helpline/views/conversation.browser.ts",
        left: "features/safety/views/left.browser.ts",
        passkey: "features/accounts/views/passkey.browser.ts",
        room: "features/groups/evening/views/room.browser.ts",
        push: "features/groups/seats/views/push.browser.ts",
        picture: "features/community/pictures/views/picture.browser.ts",
        find: "features/directory/finder/views/find.browser.tsx",
      },
    },
  },
});
