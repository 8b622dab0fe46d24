import type { Language } from "../../../../platform/i18n/words.ts";
import { Button } from "../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { StreamAct } from "../../../../platform/ui/live.tsx";
import type { TopicId } from "../../types.ts";
import { say } from "../../words.ts";
import { Posts, Watching, type PostsProps } from "./topic.tsx";

/** A quiet line under what she reads. `after`: the number of the last post on her page. */
export const NewPosts = ({ language, id, after, count }: { language: Language; id: TopicId; after: number; count: number }) => (
  <ActForm action={`/community/topics/${id}/new`} fields={{ after: String(after) }} inPlace>
    <Button tone="plain">{say(language)("newPosts", { count })}</Button>
  </ActForm>
);

/** What is new comes after what she has, and the line goes. */
export const NewPostsShown = ({ id, after, ...posts }: PostsProps & { id: TopicId; after: number }) => (
  <>
    <StreamAct action="append" target="posts">
      <Posts {...posts} />
    </StreamAct>
    <StreamAct action="update" target="new-posts" />
    <StreamAct action="update" target="watching">
      <Watching {...{ id, after }} />
    </StreamAct>
  </>
);
