import type { Language } from "../../../../../platform/i18n/words.ts";
import { Button, Details, Heading, Notice, PlainList, Row, Soft, Stack, Strong, Text } from "../../../../../platform/ui/basics.tsx";
import { Line as ListLine } from "../../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../../platform/ui/fields.tsx";
import type { Evening, Guest } from "../../types.ts";
import { say } from "../../words.ts";
import { smallRooms, splitsOf } from "../rules.ts";

const listed = (language: Language, names: readonly string[]): string => new Intl.ListFormat(language).format(names);

/** Small rooms for those who lead: who is where, a visit, and all back in one tap. */
export function SmallRooms({ language, evening, at, me }: { language: Language; evening: Evening; at: string; me: string }) {
  const t = say(language);
  const here = evening.leaders.find(({ id }) => id === me)?.visits;
  const peopleIn = (room: number) => [...evening.guests.filter(({ small }) => small?.room === room).map(({ alias }) => alias), ...evening.leaders.filter(({ visits }) => visits === room).map(({ name }) => name)];
  const open = smallRooms.filter((room) => peopleIn(room).length > 0);
  if (open.length === 0) return <Split {...{ language, evening, at }} />;
  return (
    <Stack gap={8}>
      <Row spread>
        <Heading>{t("smallRooms")}</Heading>
        <ActForm action={`${at}/small-rooms/end`} inPlace>
          <Button>{t("smallEnd")}</Button>
        </ActForm>
      </Row>
      <PlainList>
        {open.map((room) => (
          <ListLine
            key={room}
            id={`small-room-${room}`}
            mark={here === room}
            acts={
              <ActForm action={`${at}/small-rooms/visit`} fields={{ room: here === room ? "0" : String(room) }} inPlace>
                <Button tone="plain">{t(here === room ? "smallLeaveIt" : "smallVisit")}</Button>
              </ActForm>
            }
          >
            <Strong>{t("smallRoom", { n: room })}</Strong>
            <Text>{listed(language, peopleIn(room))}</Text>
          </ListLine>
        ))}
      </PlainList>
      <Soft>{t("smallHow")}</Soft>
    </Stack>
  );
}

function Split({ language, evening, at }: { language: Language; evening: Evening; at: string }) {
  const t = say(language);
  const splits = splitsOf(evening.guests.filter(({ where }) => where === "room").length);
  if (splits.length === 0) return null;
  return (
    <Details summary={t("smallRooms")}>
      <Soft>{t("smallHow")}</Soft>
      <Row>
        {splits.map((rooms) => (
          <ActForm key={rooms} action={`${at}/small-rooms`} fields={{ rooms: String(rooms) }} inPlace>
            <Button tone="plain">{t("smallSplit", { n: rooms })}</Button>
          </ActForm>
        ))}
      </Row>
      <Soft>{t("smallByHand")}</Soft>
    </Details>
  );
}

/** One by hand: into a small room, into another, or back. */
export function PutInRoom({ language, guest, at }: { language: Language; guest: Guest; at: string }) {
  const t = say(language);
  const choices = smallRooms.filter((room) => room !== guest.small?.room).map((room) => [room, t("smallRoom", { n: room })] as const);
  return (
    <Row>
      {[...(guest.small ? [[0, t("sideEnd")] as const] : []), ...choices].map(([room, label]) => (
        <ActForm key={room} action={`${at}/small-rooms/put`} fields={{ seat: guest.id, room: String(room) }} inPlace>
          <Button tone="quiet">{label}</Button>
        </ActForm>
      ))}
    </Row>
  );
}

/** For who is in one: with whom, who visits, and the way back in one tap. */
export function InSmallRoom({ language, me, room, evening }: { language: Language; me: Guest; room: number; evening: Evening }) {
  const t = say(language);
  const visitors = evening.leaders.filter(({ visits }) => visits === room).map(({ name }) => name);
  return (
    <Stack gap={8}>
      <Notice tone="done">
        <Text>{t("smallIn", { n: room })}</Text>
        {visitors.length > 0 ? <Text>{t("smallVisitor", { names: listed(language, visitors), n: visitors.length })}</Text> : null}
      </Notice>
      <ActForm action={`/seats/${me.id}/small-room/leave`} inPlace>
        <Button>{t("sideEnd")}</Button>
      </ActForm>
      <Soft>{t("smallWriting")}</Soft>
    </Stack>
  );
}
