import type { Typed } from "../../../../platform/http/form.ts";

/** All that was typed, unseen in a form that is sent again later. A ticket counts once and is left out. */
export const KeptWords = ({ typed }: { typed: Typed }) => (
  <>
    {Object.entries(typed)
      .filter(([name]) => name !== "ticket")
      .flatMap(([name, values]) => values.map((value) => <input key={name} type="hidden" name={name} value={value} />))}
  </>
);
