import type { RTCDtlsTransport } from "werift";
import { type DtlsRecord, recordsOf } from "./rules.ts";

type Dtls = NonNullable<RTCDtlsTransport["dtls"]>;
type Packet = Parameters<Dtls["cipher"]["decryptPacket"]>[0];

function opens(dtls: Dtls, record: DtlsRecord): boolean {
  try {
    dtls.cipher.decryptPacket(record as Packet);
    return true;
  } catch {
    return false;
  }
}

/**
 * werift believes what comes unsealed even when the handshake is over: an alert, a handshake's beginning or a record of no known kind, from whomever,
 * would end her connection. From now on nothing reaches it of which a record doesn't open by the keys. We are the client of every handshake, to whom
 * nothing that is unsealed can be due any more: the last words of it are the browser's, and they have come.
 */
export function takeOnlySealed(dtls: Dtls): void {
  const { socket } = dtls.transport;
  const take = socket.onData;
  socket.onData = (bytes, address) => {
    const records = recordsOf(bytes);
    if (records.length > 0 && records.every((record) => opens(dtls, record))) take?.(bytes, address);
  };
}
