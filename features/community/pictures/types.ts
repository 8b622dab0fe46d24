import type { NotAPicture } from "../../../platform/pictures/types.ts";
import type { PictureId } from "../types.ts";

/** Why a picture is not kept, or not taken away; each has its sentence. */
export type NoPicture = { readonly refused: NotAPicture["refused"] | "tooFast" | "picturesNotHere" | "picturesMost" | "tooLate" };
export type PictureKept = { readonly pictureId: PictureId };
