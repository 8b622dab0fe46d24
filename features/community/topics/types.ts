import type { Post, Topic } from "../types.ts";

/** A topic in the list of its space. `by`: who opened it. */
export type TopicLine = Pick<Topic, "id" | "title" | "note" | "lastAt" | "replies"> & { readonly by: string | undefined; /** What she reads first of it; undefined where its note stays folded for her. */ readonly begins: string | undefined };

export type TopicShown = { readonly topic: Topic; readonly posts: readonly Post[] };

/** Where the next page of a list goes on. */
export type After = { readonly at: string; readonly id: string };
