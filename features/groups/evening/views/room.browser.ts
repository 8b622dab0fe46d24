// The voice of a room's page: in by one tap, or only listening; who talks is marked where she is named, and whose picture it is stands under it. And captions, typed while it goes on.
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
/** Whom each fixed receiver carries now. */
let carried: readonly (string | null)[] = [];
/** How loud the group is to who listens to an interpreter. */
const softly = 0.2;
/** Who talks now, as the room calls them. */
let talking: readonly string[] = [];

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

const elements = new Map<MediaStreamTrack, HTMLElement>();

/** Whom she hears apart from the group is as loud as always, and the group soft behind that voice, while it has one. */
function balance(): void {
  const apart = (document.querySelector<HTMLElement>("[data-voice-apart]")?.dataset["voiceApart"]?.split(" ") ?? []).filter((seat) => carried.includes(seat));
  for (const [at, track] of (room?.voices ?? []).entries()) {
    const element = elements.get(track);
    if (element instanceof HTMLAudioElement) element.volume = apart.length === 0 || apart.includes(carried[at] ?? "") ? 1 : softly;
  }
}

/** Plays a voice. */
function play(track: MediaStreamTrack): void {
  const element = document.createElement("audio");
  Object.assign(element, { autoplay: true, hidden: true, srcObject: new MediaStream([track]) });
  elements.set(track, element);
  panel?.append(element);
}

/** Shows a picture, with room for a name under it; one in a fixed receiver is hidden until somebody's is in it. */
function picture(track: MediaStreamTrack, seat: string | null): void {
  const frame = panel?.querySelector<HTMLTemplateElement>("[data-picture]")?.content.firstElementChild?.cloneNode(true);
  if (!(frame instanceof HTMLElement)) return;
  const video = document.createElement("video");
  frame.prepend(Object.assign(video, { autoplay: true, muted: true, playsInline: true, srcObject: new MediaStream([track]) }));
  elements.set(track, frame);
  pictures?.append(frame);
  showOf(frame, seat);
}

function showOf(frame: HTMLElement, seat: string | null): void {
  frame.hidden = seat === null;
  frame.dataset["seat"] = seat ?? "";
}

function present(track: MediaStreamTrack, seat: string | null): void {
  if (track.kind === "audio") play(track);
  else picture(track, seat);
}

function end(track: MediaStreamTrack): void {
  elements.get(track)?.remove();
  elements.delete(track);
}

/** Whoever is named on the page; what the stream brings replaces the names, so they are asked for each time. */
const named = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-voice-name]")];
const write = (element: Element | null, words: string): void => {
  if (element && element.textContent !== words) element.textContent = words;
};
/** A name may run the other way than the sentence that it stands in. */
const apart = (name: string): string => `\u2068${name}\u2069`;

/** Who talks is marked where she is named and around her picture, and said; whose picture it is stands under it. */
function nameAll(): void {
  balance();
  const names = new Map(named().map((element) => [element.dataset["voiceName"] ?? "", element.textContent.trim()]));
  for (const element of named()) element.toggleAttribute("data-talking", talking.includes(element.dataset["voiceName"] ?? ""));
  for (const frame of pictures?.querySelectorAll("figure") ?? []) {
    const seat = frame.dataset["seat"] ?? "";
    write(frame.querySelector("figcaption"), names.get(seat) ?? "");
    frame.toggleAttribute("data-talking", talking.includes(seat));
  }
  const said = talking.flatMap((seat) => names.get(seat) ?? []).map(apart);
  write(part("talking"), said.length === 0 ? "" : `${sentences["talking"] ?? ""} ${new Intl.ListFormat(document.documentElement.lang).format(said)}`);
}

function over(sentence: string): void {
  room = undefined;
  [muted, seen, talking, carried] = [true, false, [], []];
  for (const track of elements.keys()) end(track);
  show();
  nameAll();
  tell(sentence);
}

function heard(told: Told): void {
  if (told.kind === "talking") talking = told.seats;
  if (told.kind === "track" && told.on) present(told.track, told.seat);
  if (told.kind === "track" && !told.on) end(told.track);
  if (told.kind === "slots") carried = told.voices;
  if (told.kind === "slots") pictures?.querySelectorAll("figure").forEach((frame, at) => showOf(frame, told.pictures[at] ?? null));
  if (told.kind === "talking" || told.kind === "track" || told.kind === "slots") nameAll();
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
    for (const track of [...entered.voices, ...entered.pictures]) present(track, null);
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
  new MutationObserver(() => {
    void followPage();
    nameAll();
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-voice-silenced", "data-voice-apart"] });
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
