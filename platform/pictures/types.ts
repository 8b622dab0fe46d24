/** What a picture may come as. Phones make the first; the others are what they save and pass on. */
export const pictureKinds = ["jpeg", "png", "webp"] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** Four bytes a pixel: red, green, blue, and how much it covers. */
export type Pixels = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };

/** A picture made anew from its pixels alone: a JPEG that says nothing of where, when and with what it was taken. */
export type PlainPicture = { readonly bytes: Uint8Array; readonly width: number; readonly height: number };

/** Why there is none; each has its sentence where pictures are taken. */
export type NotAPicture = { readonly refused: "notAPicture" | "tooManyPixels" | "busy" };
