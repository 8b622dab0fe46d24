import type { VNode } from "preact";
import type { House } from "../../../platform/http/house.ts";
import type { Door } from "../../../platform/http/room.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { careCardFor } from "../queries.ts";
import { Left } from "../views/away.tsx";
import { Apology } from "../views/apology.tsx";

type Sentences = Parameters<typeof Apology>[0]["sentences"];

/** There is nothing at this address, or nothing for this person. */
export const NotHere = (house: House, c: Door): VNode => apology(house, c, "notHereTitle", ["notHereBody"]);

/** A bug of ours: sorry, nothing sent is lost, and whom to call meanwhile. */
export const OurFault = (house: House, c: Door): VNode => apology(house, c, "ourFaultTitle", ["ourFaultBody", "ourFaultNext"]);

/** More was sent than we take; her text is still in her browser. */
export const TooLarge = (house: House, c: Door): VNode => apology(house, c, "tooLargeTitle", ["tooLargeBody", "goBackHint"]);

/** Whoever left fast sees nothing of us by going back. */
export const LeftBehind = ({ assets }: House, c: Door): VNode => <Left language={visitOf(c).language} path={c.req.path} script={assets.script("left")} />;

function apology({ assets }: House, c: Door, title: Sentences[number], sentences: Sentences): VNode {
  const visit = { ...visitOf(c), path: "/" };
  return <Apology {...{ visit, assets, title, sentences }} care={careCardFor(visit.language, visit.country)} />;
}
