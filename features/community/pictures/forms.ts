import { z } from "zod";
import { longestShows } from "../rules.ts";

/** What comes beside the file. `post`: the post of hers that it is for; `key`: sent twice, it is one. */
export const pictureForm = z.object({ key: z.uuid("formLost"), post: z.uuid("formLost"), shows: z.string("showsMissing").trim().min(1, "showsMissing").max(longestShows, "showsLong") });
