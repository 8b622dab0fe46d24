import type { Language } from "../../../../platform/i18n/words.ts";
import { Lead, LinkButton, Stack } from "../../../../platform/ui/basics.tsx";
import type { OwnSeat } from "../../seats/queries.ts";
import { say } from "../words.ts";

/** In the place of a lobby or a room that was open when its seat went: nothing of the evening, and where it is said why. */
export function SeatNoMore({ id, language, seat }: { id: "lobby" | "evening"; language: Language; seat: OwnSeat }) {
  const t = say(language);
  return (
    <section id={id} aria-live="polite">
      <Stack gap={16}>
        <Lead>{t("seatNoMore")}</Lead>
        <LinkButton href={`/seats/${seat.id}`} icon="heart" big>
          {t("toMySeat")}
        </LinkButton>
      </Stack>
    </section>
  );
}
