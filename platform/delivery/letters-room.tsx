import type { House } from "../http/house.ts";
import { anyone, Room } from "../http/room.ts";
import { show } from "../http/show.ts";
import { visitOf } from "../http/visit.ts";
import { Card, PlainList, Preline, Soft, Stack, Strong, Text, Title } from "../ui/basics.tsx";
import { Page } from "../ui/page.tsx";
import type { letterBox } from "./email.ts";
import type { pushBox } from "./push.ts";
import type { smsBox } from "./sms.ts";

type Boxes = { readonly email: ReturnType<typeof letterBox>; readonly push: ReturnType<typeof pushBox>; readonly sms: ReturnType<typeof smsBox> };

/** For developers: every letter, text and push that would have left, newest first. Mounted only where nothing leaves. */
export function lettersRoom(house: House, { email: { letters }, push: { pushes }, sms: { texts } }: Boxes): Room {
  const room = new Room(house);
  room.get("/dev/letters", anyone, (c) =>
    show(
      c,
      <Page visit={visitOf(c)} assets={house.assets} title="Letters">
        <Stack gap={24}>
          <Title>Letters</Title>
          <Soft>Nothing leaves this machine. This is what would have been sent.</Soft>
          {letters.length + texts.length + pushes.length === 0 ? <Text>Nothing yet.</Text> : null}
          <PlainList>
            {letters.map((letter, index) => (
              <li key={index}>
                <Card>
                  <Strong>{letter.subject}</Strong>
                  <Soft>{letter.to}</Soft>
                  <Preline>{letter.text}</Preline>
                </Card>
              </li>
            ))}
            {texts.map((text, index) => (
              <li key={index}>
                <Card>
                  <Strong>{text.to}</Strong>
                  <Preline>{text.body}</Preline>
                </Card>
              </li>
            ))}
            {pushes.map((push, index) => (
              <li key={index}>
                <Card>
                  <Strong>{push.title}</Strong>
                  <Text>{push.body}</Text>
                  <Soft>{push.path}</Soft>
                </Card>
              </li>
            ))}
          </PlainList>
        </Stack>
      </Page>,
    ),
  );
  return room;
}
