import { isBefore, minutesBetween, type Instant } from "../../../platform/time/time.ts";
import type { Accepting } from "../types.ts";
import type { Alarm, OpenReport, ReportKind, Trouble } from "./types.ts";

const half = 16;
const browserOf = ({ byWhom }: Pick<OpenReport, "byWhom">): Buffer => byWhom.subarray(0, half);
const networkOf = ({ byWhom }: Pick<OpenReport, "byWhom">): Buffer => byWhom.subarray(half);

/** Who reports, as keyed digests: of her browser's mark, and of the part of the address that a household or a phone mast shares. */
export const whoFrom = (browser: Buffer, network: Buffer): Buffer => Buffer.concat([browser.subarray(0, half), network.subarray(0, half)]);

/** The digest whose tries are counted, and what it stands for. */
export const browserPart = (who: Buffer): Buffer => who.subarray(0, half);
export const networkPart = (who: Buffer): Buffer => who.subarray(half);

/**
 * On one network, two reports are two people's only when so many minutes lie between them. Families share a phone and a router, and a
 * clinic or a small town may share one network: an hour lets both be heard, and makes a hurry of one person count once.
 */
export const minutesApart = 60;

/** Reports that one browser, and one network, may make in a day; the next is refused kindly. */
export const mostOfBrowser = 10;
export const mostOfNetwork = 60;
/** Of these, so many of one network in a day change at once what others see: at most two listings in doubt, two hidden. */
export const mostCounted: Readonly<Record<ReportKind, number>> = { cannot_reach: 4, full: 6, wrong: mostOfNetwork, unsafe: 2 };

export const isSamePerson = (a: OpenReport, b: OpenReport): boolean => browserOf(a).equals(browserOf(b));

/** Do two reports come from two people who know nothing of each other, as far as anybody can tell? */
export const areIndependent = (a: OpenReport, b: OpenReport): boolean =>
  !isSamePerson(a, b) && (!networkOf(a).equals(networkOf(b)) || Math.abs(minutesBetween(a.madeAt, b.madeAt)) >= minutesApart);

/** What these open reports of one listing come to: in doubt with the second independent "cannot reach", the first "unsafe", or the owner's "we closed". */
export function troubleOf(reports: readonly OpenReport[]): Trouble {
  const counted = reports.filter(({ counts }) => counts).sort((a, b) => Temporal.Instant.compare(a.madeAt, b.madeAt));
  const unreached = counted.filter(({ kind }) => kind === "cannot_reach");
  const second = unreached.find((report, at) => unreached.slice(0, at).some((earlier) => areIndependent(earlier, report)))?.madeAt;
  const awaySince = counted.find(({ kind }) => kind === "unsafe" || kind === "closed")?.madeAt;
  return { inDoubtSince: earliest(second, awaySince), awaySince };
}

const earliest = (a: Instant | undefined, b: Instant | undefined): Instant | undefined => (!a || (b && isBefore(b, a)) ? b : a);

export type Consequence = {
  /** She has said so before: nothing is written. */
  readonly again: boolean;
  readonly alarm: Alarm | undefined;
  /** What the owner said of having room counts no more. */
  readonly forgetsAccepting: boolean;
};

/** What a new report does at once, with those that are open and what is said of having room. */
export function consequenceOf(report: OpenReport, open: readonly OpenReport[], accepting: Accepting | undefined): Consequence {
  const again = open.some((one) => one.kind === report.kind && isSamePerson(one, report));
  if (again) return { again, alarm: undefined, forgetsAccepting: false };
  const [before, after] = [troubleOf(open), troubleOf([...open, report])];
  const unsafe = report.kind === "unsafe" && report.counts && !open.some(({ kind, counts }) => kind === "unsafe" && counts);
  const alarm = unsafe ? "unsafe" : !before.inDoubtSince && after.inDoubtSince ? "doubt" : undefined;
  return { again, alarm, forgetsAccepting: report.kind === "full" && report.counts && accepting !== undefined && accepting !== "no" };
}

/** What a report's note and its key are sealed for. */
export const sealedFor = (reportId: string): string => `report/${reportId}`;
export const whoSealedFor = (reportId: string): string => `report/${reportId}/who`;
