// Searching on her phone: listings of her region, postal codes and towns are fetched as files; what she types, ticks and where she is never leave it.
import { render } from "preact";
import { isShared, shelf as tabShelf } from "../../../../platform/ui/browser/shared.ts";
import type { RegionMap } from "../../map/types.ts";
import { placeOfPostcode, regionsNear, townsIn, unpackPostcodes, unpackTowns } from "../../places/rules.ts";
import type { FindableTown, Postcodes } from "../../places/types.ts";
import type { Point } from "../../types.ts";
import { areaIn, areasAround, groupOf, homeOf, metresOf, spotOfPlace, spotOfTowns, triesAnywhere, triesNear, withRoom, type Try } from "../asks/rules.ts";
import type { Speech } from "../in-words/rules.ts";
import { roundPoint, scan } from "../rules.ts";
import { unpackShard, type Shard } from "../shards/rules.ts";
import type { Answer, FinderFacts, Group, PocketListing, Spot, Wish } from "../types.ts";
import { FoundMap } from "./found-map.tsx";
import { firstHeading, Results } from "./results.tsx";

type Kept = { readonly wish: Wish; readonly near: Point | undefined };

const now = (): number => performance.timeOrigin + performance.now();
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Fetched once; what could not be fetched is tried again the next time. */
function once<T>(load: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const loaded = new Map<string, Promise<T>>();
  return (key) => {
    const found = loaded.get(key) ?? load(key);
    loaded.set(key, found);
    found.catch(() => loaded.delete(key));
    return found;
  };
}

/** Everything that the search needs without a connection: the same for everybody, and named by a region at most. */
const shelf = "caches" in self && !isShared ? caches.open("find") : undefined;

/** A file from the network, and put by; without a connection the one that was put by. */
async function fileAt(path: string): Promise<Response> {
  try {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    void (await shelf)?.put(path, answer.clone());
    return answer;
  } catch (error) {
    const kept = await (await shelf)?.match(path);
    if (!kept) throw error;
    return kept;
  }
}

const bytesOf = async (path: string): Promise<Uint8Array> => new Uint8Array(await (await fileAt(path)).arrayBuffer());

/** Puts by this page with its script and style, for the day without a connection. Those of an older version go. */
async function putPageBy(): Promise<void> {
  const files = [...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>("script[src], link[rel=stylesheet]")].map((element) => new URL(element instanceof HTMLLinkElement ? element.href : element.src).pathname);
  await Promise.all(["/find", ...files].map(fileAt));
  const kept = await shelf;
  for (const { url } of (await kept?.keys()) ?? []) {
    const { pathname } = new URL(url);
    if (pathname.startsWith("/assets/") && !files.includes(pathname)) await kept?.delete(pathname);
  }
}

const shardAt = once(async (area: string): Promise<readonly PocketListing[]> => unpackShard((await (await fileAt(`/find/shards/${area.toLowerCase()}.json`)).json()) as Shard));
const mapAt = once(async (area: string): Promise<RegionMap> => (await (await fileAt(`/find/maps/${area.toLowerCase()}.json`)).json()) as RegionMap);
const postcodesAt = once(async (path: string): Promise<Postcodes> => unpackPostcodes(await bytesOf(path)));

function openFinder(form: HTMLFormElement, facts: FinderFacts): void {
  const { language, files } = facts;
  const { country } = homeOf(facts.country);
  const speech: Speech = {
    language,
    term: (term) => facts.terms[term],
    t: (key, values = {}) => (facts.words[key] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? "")),
  };
  const townsAt = once(async (path: string): Promise<readonly FindableTown[]> => unpackTowns(await bytesOf(path), country));
  const found = document.getElementById("found");
  const count = document.querySelector("[data-found-count]");
  const input = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
  let near: Point | undefined;
  let asked = 0;
  let drawn: Answer | undefined;

  /** By its regions where the country has some that we keep apart; by the country otherwise. */
  async function areasNear(at: Point, metres: number): Promise<readonly string[]> {
    if (country !== "US" || !files.postcodes) return [country];
    return regionsNear(await postcodesAt(files.postcodes), at, metres).map((region) => areaIn(country, region));
  }

  async function spotOf(typed: string): Promise<Spot | undefined> {
    if (near) return { at: near, area: (await areasNear(near, 0))[0] ?? country, label: undefined, others: [] };
    if (typed.trim() === "") return undefined;
    const place = files.postcodes && /\d/.test(typed) ? placeOfPostcode(await postcodesAt(files.postcodes), country, typed) : undefined;
    if (place) return spotOfPlace(place, typed, country);
    return files.towns ? spotOfTowns(townsIn(await townsAt(files.towns), typed)) : undefined;
  }

  async function first(tries: readonly Try[], listingsFor: (one: Try) => Promise<readonly PocketListing[]>): Promise<Group> {
    let group: Group = { found: [], farther: false, looser: false };
    for (const one of tries) {
      const listings = await listingsFor(one);
      const start = performance.now();
      group = groupOf(one, scan(listings, one.ask, now(), one.limit));
      performance.measure("search", { start, end: performance.now(), detail: listings.length });
      if (group.found.length > 0) break;
    }
    return group;
  }

  const shardsAt = async (areas: readonly string[]) => (await Promise.all(areas.map(shardAt))).flat();

  async function answerTo(wish: Wish): Promise<Answer> {
    const spot = await spotOf(wish.place);
    const areas = areasAround(spot, facts.country);
    const anywhere = await first(triesAnywhere(wish, areas, country), () => shardsAt(areas));
    return {
      wish,
      spot,
      placeUnknown: wish.place.trim() !== "" && !spot,
      near: spot && (await first(triesNear(wish, spot.at, country), async ({ ask }) => shardsAt(await areasNear(spot.at, ask.within ?? metresOf(wish.reach, country))))),
      anywhere: { ...anywhere, found: withRoom(wish, anywhere.found, now()) },
    };
  }

  function draw(answer: Answer): void {
    if (!found || !count) return;
    drawn = answer;
    render(<Results answer={answer} speech={speech} when={{ now: now(), zone }} country={country} />, found);
    const counts = { near: answer.near?.found.length ?? 0, anywhere: answer.anywhere.found.length };
    void drawMap(answer);
    count.textContent = speech.t(answer.near ? "cardFound" : "cardFoundAnywhere", counts);
  }

  /** After the list, which says the same; without a connection it may be missing. */
  async function drawMap(answer: Answer): Promise<void> {
    const place = document.getElementById("found-map");
    const map = answer.spot && answer.near?.found.length ? await mapAt(answer.spot.area).catch(() => undefined) : undefined;
    if (!place || answer !== drawn) return;
    render(<FoundMap answer={answer} map={map} speech={speech} />, place);
  }

  async function search(andGoThere: boolean): Promise<void> {
    const wish = wishOf(form);
    const turn = ++asked;
    keepSearch({ wish, near });
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await answerTo(wish);
      if (turn !== asked) return;
      draw(answer);
      if (andGoThere) document.getElementById(firstHeading(answer))?.focus();
    } catch {
      // No connection, and a file is missing that this phone never had. Asking the server instead would tell it what she typed.
      if (turn === asked && count) saySorry(form, speech.t("cardOffline"));
    } finally {
      if (turn === asked) form.removeAttribute("aria-busy");
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { submitter } = event;
    if (submitter instanceof HTMLButtonElement && submitter.name === "try") input("need").value = submitter.value;
    if (submitter instanceof HTMLButtonElement && submitter.name === "other") input("place").value = submitter.value;
    void search(true);
  });
  form.addEventListener("change", ({ target }) => {
    sayChosen(form);
    if (target instanceof HTMLInputElement && /checkbox|radio/.test(target.type)) void search(false);
  });
  input("place").addEventListener("input", () => {
    near = undefined;
    sayNear(form, "");
  });
  offerNearMe(form, (at) => {
    near = at;
    input("place").value = "";
    void search(true);
  });
  const truer = document.querySelector<HTMLElement>("[data-said]");
  if (truer) truer.textContent = truer.dataset["said"] ?? "";

  const kept = keptSearch();
  if (kept) {
    near = kept.near;
    putBack(form, kept.wish);
  }
  // What the server wrote may be a page that was put by: what is said of anybody is said by the clock of this moment.
  void search(false);
  addEventListener("load", () => setTimeout(() => void putPageBy().catch(() => undefined), 1500));
}

function wishOf(form: HTMLFormElement): Wish {
  const typed = new FormData(form);
  const text = (name: string): string => String(typed.get(name) ?? "").slice(0, 200);
  return { need: text("need"), place: text("place"), facets: typed.getAll("facet").map(String), room: typed.get("room") === "yes", reach: Number(typed.get("reach")) };
}

const keepSearch = (search: Kept): void => tabShelf.setItem("find", JSON.stringify(search));

/** What she searched for in this tab, so that going back from a listing does not lose it. Leaving the page clears it. */
function keptSearch(): Kept | undefined {
  try {
    return JSON.parse(tabShelf.getItem("find") ?? "null") as Kept | undefined ?? undefined;
  } catch {
    return undefined;
  }
}

function putBack(form: HTMLFormElement, wish: Wish): void {
  for (const element of form.elements) {
    if (!(element instanceof HTMLInputElement)) continue;
    if (element.name === "need" || element.name === "place") element.value = wish[element.name];
    if (element.name === "facet") element.checked = wish.facets.includes(element.value);
    if (element.name === "room") element.checked = wish.room;
    if (element.name === "reach") element.checked = element.value === String(wish.reach);
  }
  sayChosen(form);
}

/** Beside the name of each group of chips, what is chosen in it. */
function sayChosen(form: HTMLFormElement): void {
  for (const group of form.querySelectorAll("[data-chips]")) {
    const chosen = [...group.querySelectorAll<HTMLInputElement>("input:checked")].map(({ parentElement }) => parentElement?.textContent?.trim());
    const said = group.querySelector("b");
    if (said) said.textContent = chosen.join(", ");
  }
}

function sayNear(form: HTMLFormElement, words: string): void {
  const said = form.querySelector("[data-near-said]");
  if (said) said.textContent = words;
  form.querySelector("[data-near-me]")?.setAttribute("aria-pressed", String(words !== ""));
}

/** Asked only when she presses; rounded to about a kilometre before anything else is done with it. */
function offerNearMe(form: HTMLFormElement, go: (at: Point) => void): void {
  const button = form.querySelector<HTMLButtonElement>("[data-near-me]");
  if (!button || !("geolocation" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        sayNear(form, button.dataset["on"] ?? "");
        go(roundPoint({ latitude, longitude }));
      },
      () => {
        sayNear(form, button.dataset["off"] ?? "");
        button.setAttribute("aria-pressed", "false");
      },
      { maximumAge: 600_000, timeout: 15_000 },
    );
  });
}

function saySorry(form: HTMLFormElement, words: string): void {
  const said = form.querySelector<HTMLElement>("[data-said]");
  if (said) said.textContent = words;
}

const form = document.querySelector<HTMLFormElement>("form[data-finder]");
if (form) openFinder(form, JSON.parse(form.dataset["finder"] ?? "{}") as FinderFacts);
