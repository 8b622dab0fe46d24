/** A program of ours that stands beside the module at `url`, by its name without an ending: TypeScript as it is in development and tests, JavaScript once built. */
export const beside = (url: string, name: string): URL => new URL(`./${name}.${url.endsWith(".ts") ? "ts" : "js"}`, url);
