import type { ComponentChildren } from "preact";

type Children = { children: ComponentChildren };

/** Topics of a space, or spaces: each a wide place to tap. */
export const TopicList = ({ label, children }: Children & { label: string }) => (
  <ul class="space-y-3" aria-label={label}>
    {children}
  </ul>
);

type TopicShown = { href: string; title: string; /** Its first words. */ begins?: string | undefined; /** What was looked for, in its sentence. */ around?: ComponentChildren; facts: readonly string[] };

/** One line of the list: all of it leads there. */
export const TopicItem = ({ href, title, begins, around, facts }: TopicShown) => (
  <li class="bg-base-100 rounded-box relative p-5">
    <h2 class="text-xl leading-snug">
      <a class="after:absolute after:inset-0 after:content-['']" href={href}>
        {title}
      </a>
    </h2>
    {begins ? <p class="mt-1 line-clamp-2">{begins}</p> : null}
    {around ? <p class="mt-1 break-words">{around}</p> : null}
    <p class="soft mt-2 text-base">{facts.join(" · ")}</p>
  </li>
);

/** A sentence in which what was looked for is seen. */
export const Marked = ({ pieces }: { pieces: readonly { readonly text: string; readonly found: boolean }[] }) => (
  <>
    {pieces.map(({ text, found }, at) =>
      found ? (
        <mark key={at} class="bg-base-300 rounded-sm px-0.5 font-bold text-inherit">
          {text}
        </mark>
      ) : (
        text
      ),
    )}
  </>
);

/** A topic's posts, in order. */
export const Thread = ({ label, children }: Children & { label: string }) => (
  <ol id="posts" class="space-y-4" aria-label={label}>
    {children}
  </ol>
);

/** What has come since the page was opened is said here. The line has its room before it is there, so that nothing moves under her hands. */
export const NewLine = ({ watching }: { /** What listens for it. */ watching: ComponentChildren }) => (
  <>
    <div id="new-posts" class="min-h-12" aria-live="polite" />
    <div id="watching">{watching}</div>
  </>
);

type PostShown = Children & { id: string; who: string; when: string; own?: boolean; first?: boolean; /** How it stands, where others do not read it. */ standing?: ComponentChildren; acts?: ComponentChildren };

/** One post: who, when, the words, and what can be done with it. The first of a topic stands a little larger. An address that ends at it gives it the focus. */
export const PostItem = ({ id, who, when, own, first, standing, acts, children }: PostShown) => (
  <li id={`post-${id}`} tabIndex={-1} class={`rounded-box space-y-3 p-5 ${own ? "bg-base-300" : "bg-base-100"}`}>
    <p class="flex flex-wrap items-baseline gap-x-3">
      <strong class="font-bold">{who}</strong>
      <span class="soft text-base">{when}</span>
    </p>
    {standing ?? null}
    <div class={`space-y-3 ${first ? "text-lg" : ""}`}>{children}</div>
    {acts ?? null}
  </li>
);

/** What is answered to. */
export const Quoted = ({ who, children }: Children & { who: string }) => (
  <blockquote class="border-base-300 soft border-s-4 ps-3 text-base">
    <p class="font-bold">{who}</p>
    <p class="line-clamp-3">{children}</p>
  </blockquote>
);

/** Warm acts in a row; one that she did is filled. */
export const WarmRow = ({ label, children }: Children & { label: string }) => (
  <div class="flex flex-wrap gap-2" role="group" aria-label={label}>
    {children}
  </div>
);

export const WarmButton = ({ action, kind, does, others, children }: Children & { action: string; kind: string; /** She did it. */ does: boolean; /** Somebody did, without a number. */ others: boolean }) => (
  <form method="post" action={action}>
    <input type="hidden" name="kind" value={kind} />
    <button type="submit" name="does" value={does ? "no" : "yes"} class={`btn min-h-12 rounded-full px-4 font-normal ${does ? "btn-neutral" : "btn-outline"} ${others && !does ? "border-2 font-bold" : ""}`} aria-pressed={does}>
      {children}
    </button>
  </form>
);
