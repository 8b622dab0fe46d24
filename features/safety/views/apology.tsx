import type { ComponentChildren, VNode } from "preact";
import type { House } from "../../../platform/http/house.ts";
import type { Door } from "../../../platform/http/room.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { LinkButton, Stack, Text, Title } from "../../../platform/ui/basics.tsx";
import { Page } from "../../../platform/ui/page.tsx";
import { say } from "../words.ts";
import { CareCard } from "./care-card.tsx";

/** There is nothing at this address, or nothing for this person. */
export const NotHere = (house: House, c: Door): VNode => apology(house, c, "notHereTitle", ["notHereBody"]);

/** A bug of ours: sorry, nothing sent is lost, and whom to call meanwhile. */
export const OurFault = (house: House, c: Door): VNode => apology(house, c, "ourFaultTitle", ["ourFaultBody", "ourFaultNext"]);

/** More was sent than we take; her text is still in her browser. */
export const TooLarge = (house: House, c: Door): VNode => apology(house, c, "tooLargeTitle", ["tooLargeBody", "goBackHint"]);

type Key = Parameters<ReturnType<typeof say>>[0];

function apology(house: House, c: Door, title: Key, sentences: readonly Key[]): VNode {
  const visit = { ...visitOf(c), path: "/" };
  const t = say(visit.language);
  const body: ComponentChildren = sentences.map((sentence) => <Text key={sentence}>{t(sentence)}</Text>);
  return (
    <Page visit={visit} assets={house.assets} title={t(title)}>
      <Stack gap={24}>
        <Title>{t(title)}</Title>
        {body}
        <LinkButton href="/" icon="home" big>
          {t("goHome")}
        </LinkButton>
        <CareCard language={visit.language} country={visit.country} />
      </Stack>
    </Page>
  );
}
