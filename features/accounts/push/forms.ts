import { z } from "zod";

export const endpointSchema = z.object({ endpoint: z.string().max(1000) });
