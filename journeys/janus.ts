import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { answersAt, freePort } from "./ports.ts";

export const janusIsHere = spawnSync("janus", ["--version"]).error === undefined;
if (!janusIsHere) console.log("Janus is not installed here (Debian: apt-get install janus): its rooms are not tested.");

export type Janus = { readonly url: string; readonly pid: number; kill(): void; stop(): void };

/** A Janus of a test's own, with the AudioBridge and the VideoRoom alone, less what it is to do without. Its media need an interface besides the loopback. */
export async function startJanus(apiSecret = "of-this-test", without: readonly string[] = []): Promise<Janus> {
  const folder = mkdtempSync(join(tmpdir(), "small-hours-janus-"));
  const port = await freePort();
  const others = ["duktape", "echotest", "lua", "nosip", "recordplay", "sip", "streaming", "textroom", "videocall", "voicemail", ...without].map((name) => `libjanus_${name}.so`).join(",");
  writeFileSync(join(folder, "janus.jcfg"), `general: { api_secret = "${apiSecret}" }\nplugins: { disable = "${others}" }\ntransports: { disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so" }\n`);
  writeFileSync(join(folder, "janus.transport.websockets.jcfg"), `general: { json = "compact" ws = true ws_port = ${port} ws_ip = "127.0.0.1" wss = false }\n`);
  const janus = spawn("janus", ["--configs-folder", folder, "--disable-colors", "--debug-level", "2"], { stdio: "ignore" });
  await vi.waitUntil(() => answersAt(port), { timeout: 15_000, interval: 100 });
  const kill = (): void => void janus.kill("SIGKILL");
  return {
    url: `ws://127.0.0.1:${port}`,
    pid: janus.pid ?? 0,
    kill,
    stop() {
      kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
