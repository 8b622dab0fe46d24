import type { FromBrowser, Posted, PostAnswer, ToBrowser } from "../channel.ts";
import { sendEncodings, type Carrier } from "./camera.browser.ts";

/** `post` resolves to undefined where our server could not be reached or refuses. `pictures`: the server's offer of them, in a room that has any. */
export type Posting = {
  readonly post: (posted: Posted, signal?: AbortSignal) => Promise<PostAnswer | undefined>;
  readonly ice: readonly RTCIceServer[];
  readonly pictures: string | undefined;
  readonly hear: (told: ToBrowser) => void;
};

/** A room that has no data channel: its words come and go by our own pages, and its pictures by connections of their own. */
export type Posts = Carrier & {
  readonly pictures: readonly MediaStreamTrack[];
  say(message: FromBrowser): void;
  /** Resolves when the room knows that she goes, or cannot be told. */
  leave(): Promise<unknown>;
  close(): void;
};

const againMs = 2000;

export async function openPosts({ post, ice, pictures, hear }: Posting): Promise<Posts> {
  const over = new AbortController();
  const open = (): RTCPeerConnection => new RTCPeerConnection({ iceServers: [...ice], bundlePolicy: "max-bundle" });
  const incoming = pictures === undefined ? undefined : open();
  let taken = Promise.resolve();
  /** Takes the offer of pictures. Its answer leaves before anything is gathered, so it does not say where she is. */
  const take = async (connection: RTCPeerConnection): Promise<void> => {
    const answer = await connection.createAnswer();
    await post({ kind: "watch", answer: answer.sdp ?? "" });
    await connection.setLocalDescription(answer);
  };
  const takeAgain = async (offer: string): Promise<void> => {
    if (!incoming || over.signal.aborted) return;
    await incoming.setRemoteDescription({ type: "offer", sdp: offer });
    await take(incoming);
  };
  if (incoming && pictures !== undefined) {
    // Its receivers are there from here on.
    await incoming.setRemoteDescription({ type: "offer", sdp: pictures });
    taken = take(incoming).catch(() => undefined);
  }
  let outgoing: RTCPeerConnection | undefined;

  const listen = async (): Promise<void> => {
    let after = 0;
    while (!over.signal.aborted) {
      const said = await post({ kind: "hear", after }, over.signal);
      for (const word of said?.words ?? []) {
        if (word.kind === "pictures") taken = taken.then(() => takeAgain(word.offer)).catch(() => undefined);
        else if (!over.signal.aborted) hear(word);
      }
      after = said?.upTo ?? after;
      if (!said && !over.signal.aborted) await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  };
  void listen();

  return {
    pictures: incoming?.getReceivers().map(({ track }) => track) ?? [],
    async carry(track) {
      const before = outgoing;
      outgoing = undefined;
      if (!track) {
        // Said before it ends, nobody's slot breaks off with it.
        await post({ kind: "camera", offer: null });
        before?.close();
        return true;
      }
      const connection = open();
      outgoing = connection;
      connection.addTransceiver(track, { direction: "sendonly", sendEncodings });
      const offer = await connection.createOffer();
      const said = await post({ kind: "camera", offer: offer.sdp ?? "" }, over.signal);
      if (said?.answer === undefined || outgoing !== connection) {
        connection.close();
        return false;
      }
      await connection.setLocalDescription(offer);
      await connection.setRemoteDescription({ type: "answer", sdp: said.answer });
      return true;
    },
    leave: () => post({ kind: "leave" }),
    say(message) {
      if (message.kind === "microphone") void post({ kind: "microphone", on: message.on });
    },
    close() {
      over.abort();
      incoming?.close();
      outgoing?.close();
    },
  };
}
