import { expect, test } from "vitest";
import { firstPartOf, withOthersRefused } from "./rules.ts";

const session = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\na=group:BUNDLE 0 1 2\r\n";
const microphone = "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=sendrecv\r\n";
const offer = `${session}${microphone}m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=mid:1\r\na=sendonly\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n`;

test("the mixer is offered the microphone alone", () => {
  expect(firstPartOf(offer)).toBe(`v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\na=group:BUNDLE 0\r\n${microphone}`);
});

test("the browser is answered for all that it offered, in its order", () => {
  const answer = `v=0\r\na=group:BUNDLE 0\r\n${microphone}`;
  expect(withOthersRefused(answer, offer)).toBe(
    `${answer}m=video 0 UDP/TLS/RTP/SAVPF 96 97\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\na=mid:1\r\nm=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\na=mid:2\r\n`,
  );
});

test("what is no offer breaks nothing here", () => {
  expect(withOthersRefused("v=0\r\n", firstPartOf("nonsense"))).toBe("v=0\r\n");
});
