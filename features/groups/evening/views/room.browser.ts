// The voice of a room's page: in by one tap, or only listening; who talks is marked beside her name.
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

const said = (): void => tell(listening ? "listening" : muted ? "muted" : "on");

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
  if (told.kind === "muted" && told.muted) void room?.setMuted(true).then((now) => ((muted = now), show(), said()));
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
    const entered = await enterRoom({ url: `${panel?.dataset["voice"] ?? ""}?listen=${only ? "yes" : "no"}`, token: "", microphone: !only, camera: false }, heard);
    if ("refused" in entered) return over(["full", "often", "closed"].includes(entered.refused) ? entered.refused : "failed");
    room = entered;
    for (const track of [...entered.voices, ...entered.pictures]) play(track, true);
    show();
  } catch {
    over("failed");
  }
}

if (panel && "RTCPeerConnection" in window) {
  show();
  part("join")?.addEventListener("click", () => void enter(false));
  part("listen")?.addEventListener("click", () => void enter(true));
  part("leave")?.addEventListener("click", () => {
    room?.leave();
    over("");
  });
  mute?.addEventListener("click", () => void room?.setMuted(!muted).then((now) => ((muted = now), show(), said())));
  camera?.addEventListener("click", () => void room?.setCamera(!seen).then((now) => ((seen = now), show())));
}
