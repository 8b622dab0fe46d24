import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DisconnectReason, JoinResponse, LeaveRequest, LeaveRequest_Action, ParticipantInfo, ParticipantPermission, Room as RoomInfo, SessionDescription, SignalRequest, SignalResponse, TrackInfo, TrackPublishedResponse, TrackSource } from "@livekit/protocol";
import { TokenVerifier } from "livekit-server-sdk";
import type { Page } from "playwright-core";
import { RTCPeerConnection, useOPUS, useVP8 } from "werift";

export const key = "key-of-this-journey";
export const secret = "a-secret-of-this-journey-of-32-letters";

/** What a LiveKit server of this house was asked over its API. */
export type Asked = { readonly path: string; readonly body: Record<string, unknown> };

/** Stands where the server's API would: it notes what it is asked, and says yes. */
export async function startApi() {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      asked.push({ path: request.url?.split("/").at(-1) ?? "", body: JSON.parse(body) as Record<string, unknown> });
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    asked,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** One browser's end, as such a server would hold it: her seat, what she publishes, and a way to end her. */
export type Held = { readonly room: string; readonly seat: string; readonly published: readonly TrackSource[]; readonly heard: () => number; end(reason: DisconnectReason): void };

/** Stands where the server's signalling would, for one page: it checks the token, answers the client, and takes its sound in. No sound of others comes from it. */
export async function standIn(page: Page): Promise<() => Held | undefined> {
  let held: Held | undefined;
  await page.routeWebSocket(/\/rtc\?/, async (socket) => {
    const { sub = "", video } = await new TokenVerifier(key, secret).verify(new URL(socket.url()).searchParams.get("access_token") ?? "");
    const say = (message: SignalResponse["message"]): void => socket.send(Buffer.from(new SignalResponse({ message }).toBinary()));
    const published: TrackSource[] = [];
    let packets = 0;
    const wire = new RTCPeerConnection({ iceServers: [], iceAdditionalHostAddresses: ["127.0.0.1"], bundlePolicy: "max-bundle", codecs: { audio: [useOPUS()], video: [useVP8()] } });
    wire.onTrack.subscribe((track) => track.onReceiveRtp.subscribe(() => (packets += 1)));
    const end = (reason: DisconnectReason): void => {
      say({ case: "leave", value: new LeaveRequest({ reason, action: LeaveRequest_Action.DISCONNECT }) });
      void wire.close();
    };
    held = { room: video?.room ?? "", seat: sub, published, heard: () => packets, end };
    socket.onMessage((data) => {
      const { message } = SignalRequest.fromBinary(data as Buffer);
      if (message.case === "addTrack") {
        published.push(message.value.source);
        say({ case: "trackPublished", value: new TrackPublishedResponse({ cid: message.value.cid, track: new TrackInfo({ sid: `TR_${published.length}`, type: message.value.type, source: message.value.source }) }) });
      }
      if (message.case === "offer") void answer(message.value);
    });
    const answer = async ({ sdp, id }: SessionDescription): Promise<void> => {
      await wire.setRemoteDescription({ type: "offer", sdp });
      await wire.setLocalDescription(await wire.createAnswer());
      say({ case: "answer", value: new SessionDescription({ type: "answer", sdp: wire.localDescription?.sdp ?? "", id }) });
    };
    const sources = { microphone: TrackSource.MICROPHONE, camera: TrackSource.CAMERA } as const;
    const canPublishSources = (video?.canPublishSources ?? []).flatMap((name) => (name in sources ? [sources[name as unknown as keyof typeof sources]] : []));
    const permission = new ParticipantPermission({ canSubscribe: true, canPublish: video?.canPublish ?? false, canPublishSources });
    const participant = new ParticipantInfo({ sid: "PA_1", identity: sub, permission });
    say({ case: "join", value: new JoinResponse({ room: new RoomInfo({ sid: "RM_1", name: video?.room ?? "" }), participant, serverVersion: "1.8.0", subscriberPrimary: false, pingInterval: 30, pingTimeout: 60 }) });
  });
  return () => held;
}
