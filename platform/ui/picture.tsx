import type { Language } from "../i18n/words.ts";
import { Details } from "./basics.tsx";
import { say } from "./words.ts";

export type PictureToShow = { readonly shows: string; readonly width: number; readonly height: number; readonly bytes: number };

const weight = (bytes: number, language: Language): string => new Intl.NumberFormat(language, { style: "unit", unit: "kilobyte", unitDisplay: "short", maximumFractionDigits: 0 }).format(Math.max(1, Math.round(bytes / 1000)));

/** A picture under what it shows and what it weighs; a browser fetches it once she opens it. */
export const VeiledPicture = ({ language, src, shows, width, height, bytes }: PictureToShow & { language: Language; src: string }) => (
  <Details summary={say(language)("picture", { shows, size: weight(bytes, language) })}>
    <img class="rounded-box h-auto max-h-[75vh] w-auto max-w-full" src={src} alt={shows} width={width} height={height} loading="lazy" decoding="async" />
  </Details>
);
