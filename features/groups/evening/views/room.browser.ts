// The voice of a room's page: in by one tap, or only listening; who talks is marked beside her name. And captions, typed while it goes on.
import { enterRoom, type Room, type Told } from "../../../../platform/rooms/browser/room.browser.ts";

const panel = document.querySelector<HTMLElement>("[data-voice]");
const part = <E extends HTMLElement>(name: string): E | null => panel?.querySelector<E>(`[data-voice-${name}]`) ?? null;
const sentences = JSON.parse(panel?.dataset["sentences"] ?? "{}") as Record<string, string>;
const [state, outside, inside] = [part("state"), part("out"), part("in")];
const [mute, camera, pictures] = [part<HTMLButtonElement>("mute"), part<HTMLButtonElement>("camera"), panel?.querySelector<HTMLElement>("[data-pictures]")];

let room: Room | undefined;
let muted = true;
let seen = false;
let listening = false;
/** Another turned her microphone off; it stays so until she turns it on. */
let silenced = false;

const tell = (sentence: string): void => {
  if (state) state.textContent = sentences[sentence] ?? "";
};

function show(): void {
  if (outside) outside.hidden = room !== undefined;
  if (inside) inside.hidden = room === undefined;
  if (mute) {
    mute.hidden = listening;
    mute.textContent = sentences[muted ? "unmute" : "mute"] ?? "";
    mute.setAttribute("aria-pressed", String(!muted));
  }
  if (camera) {
    camera.hidden = listening;
    camera.textContent = sentences[seen ? "cameraOff" : "camera"] ?? "";
  }
}

const said = (): void => tell(listening ? "listening" : silenced ? "silenced" : muted ? "muted" : "on");

const elements = new Map<MediaStreamTrack, HTMLMediaElement>();

/** Plays a voice or a picture; a picture in a fixed receiver is hidden until somebody's is in it. */
function play(track: MediaStreamTrack, hidden: boolean): void {
  const element = document.createElement(track.kind === "audio" ? "audio" : "video");
  Object.assign(element, { autoplay: true, muted: track.kind === "video", playsInline: true, hidden, srcObject: new MediaStream([track]) });
  elements.set(track, element);
  (track.kind === "audio" ? panel : pictures)?.append(element);
}

function end(track: MediaStreamTrack): void {
  elements.get(track)?.remove();
  elements.delete(track);
}

function markTalking(seats: readonly string[]): void {
  for (const name of document.querySelectorAll<HTMLElement>("[data-voice-name]")) name.toggleAttribute("data-talking", seats.includes(name.dataset["voiceName"] ?? ""));
}

function over(sentence: string): void {
  room = undefined;
  [muted, seen] = [true, false];
  for (const track of elements.keys()) end(track);
  show();
  tell(sentence);
}

function heard(told: Told): void {
  if (told.kind === "talking") markTalking(told.seats);
  if (told.kind === "track") (told.on ? play : end)(told.track, false);
  if (told.kind === "slots") pictures?.querySelectorAll("video").forEach((picture, at) => (picture.hidden = !told.pictures[at]));
  if (told.kind === "camera") {
    seen = told.camera === "on";
    show();
    if (told.camera === "full") tell("cameraFull");
    if (told.camera === "unwelcome") tell("cameraUnwelcome");
  }
  if (told.kind === "muted" && told.muted) void setMuted(true);
  if (told.kind === "microphone" && told.state === "denied") {
    muted = true;
    show();
    tell("noMicrophone");
  }
  if (told.kind === "microphone" && (told.state === "on" || told.state === "off")) {
    muted = told.state === "off";
    show();
    said();
  }
  if (told.kind === "connection" && told.state === "interrupted") tell("lost");
  if (told.kind === "connection" && told.state === "failed") over("failed");
  if (told.kind === "connection" && told.state === "connected") said();
  if (told.kind === "ended") over(told.why === "replaced" ? "other" : told.why === "dropped" ? "dropped" : "");
}

async function enter(only: boolean): Promise<void> {
  listening = only;
  tell("joining");
  if (outside) outside.hidden = true;
  try {
    const entered = await enterRoom({ url: `${panel?.dataset["voice"] ?? ""}?listen=${only ? "yes" : "no"}`, token: "", microphone: !only && !silenced, camera: false }, heard);
    if ("refused" in entered) return over(["full", "often", "closed"].includes(entered.refused) ? entered.refused : "failed");
    room = entered;
    for (const track of [...entered.voices, ...entered.pictures]) play(track, true);
    show();
  } catch {
    over("failed");
  }
}

async function setMuted(on: boolean): Promise<void> {
  if (!room) return;
  muted = await room.setMuted(on);
  show();
  said();
}

/** As the page has it now. Where it was turned off, her own device sends nothing either. */
async function followPage(): Promise<void> {
  const now = document.querySelector("[data-voice-silenced]") !== null;
  if (now === silenced) return;
  silenced = now;
  if (now && !listening) await setMuted(true);
}

/** On again by her own hand alone: the room is told first, or she would speak to nobody. */
async function turn(): Promise<void> {
  if (muted && silenced) {
    const told = await fetch(`${panel?.dataset["voice"] ?? ""}/unmute`, { method: "POST", headers: { accept: "text/vnd.turbo-stream.html" } });
    if (!told.ok) return;
    silenced = false;
    // Where it holds no more the page says so only a moment later.
    document.querySelector("[data-voice-silenced]")?.removeAttribute("data-voice-silenced");
  }
  await setMuted(!muted);
}

if (panel && "RTCPeerConnection" in window) {
  show();
  void followPage();
  new MutationObserver(() => void followPage()).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-voice-silenced"] });
  part("join")?.addEventListener("click", () => void enter(false));
  part("listen")?.addEventListener("click", () => void enter(true));
  part("leave")?.addEventListener("click", () => {
    room?.leave();
    over("");
  });
  mute?.addEventListener("click", () => void turn().catch(said));
  camera?.addEventListener("click", () => void room?.setCamera(!seen).then((now) => ((seen = now), show())));
}

/** A line goes while the next one is being typed; one that was not taken comes back before it. */
async function sendCaption(form: HTMLFormElement, field: HTMLInputElement, words: string): Promise<void> {
  const problem = form.querySelector("#caption-problem");
  if (problem) problem.textContent = "";
  const body = new URLSearchParams({ caption: words, key: crypto.randomUUID() });
  const kept = await fetch(form.action, { method: "POST", body, headers: { accept: "text/vnd.turbo-stream.html" } }).then(({ ok }) => ok, () => false);
  if (kept) return;
  field.value = `${words} ${field.value}`.trim();
  if (problem) problem.textContent = form.dataset["failed"] ?? "";
}

/** One after the other, so that they stand in the order in which they were said. */
let captionsSent = Promise.resolve();

document.addEventListener("submit", (event) => {
  const form = event.target;
  const field = form instanceof HTMLFormElement && "captions" in form.dataset ? form.querySelector<HTMLInputElement>("#caption") : null;
  if (!(form instanceof HTMLFormElement) || !field) return;
  event.preventDefault();
  const words = field.value;
  field.value = "";
  captionsSent = captionsSent.then(() => sendCaption(form, field, words));
});
