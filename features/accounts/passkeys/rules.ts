/** Who asks a passkey: the host that it belongs to, and the addresses that its answer may come from. */
export type RelyingParty = { readonly id: string; readonly origins: readonly string[] };

/**
 * From the settings' public address. Without one (a demo, development) from the host that the browser itself names:
 * a passkey made for one host does not answer another, so a false name gains nothing.
 */
export function relyingPartyOf(publicUrl: string | undefined, host: string | undefined): RelyingParty {
  const named = `http://${host ?? "localhost"}`;
  const url = new URL(publicUrl ?? (URL.canParse(named) ? named : "http://localhost"));
  if (publicUrl !== undefined) return { id: url.hostname, origins: [url.origin] };
  return { id: url.hostname, origins: [`http://${url.host}`, `https://${url.host}`] };
}
