/** May this browser be asked for pushes at all? Not where it has none, and not after a "no". */
export const mayBePushed = (): boolean => "PushManager" in window && "serviceWorker" in navigator && Notification.permission !== "denied";

/** After a tap of hers: asks the browser for a push subscription and posts it to `at`, with `more`. False where it was not kept; throws where the browser gives none. */
export async function bePushed(publicKey: string, at: string, more: object = {}): Promise<boolean> {
  await navigator.serviceWorker.register("/offline.js");
  const worker = await navigator.serviceWorker.ready;
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { ok } = await fetch(at, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ ...subscription.toJSON(), ...more }) });
  return ok;
}
