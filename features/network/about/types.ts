/** One package of others, as its own description names it. */
export type Package = { readonly name: string; readonly version: string; readonly licence: string };
