import { expect, it } from "vitest";
import { refusalToWrite } from "./rules.ts";

const now = Temporal.Instant.from("2026-11-25T03:00:00Z");
const ago = (minutes: number) => now.subtract({ minutes });
const open = { ends: now.add({ minutes: 1 }), cancelled: false, closed: false, written: [] };

it("all seats are written to until the meeting ends, and three times an hour at most", () => {
  expect(refusalToWrite(open, now)).toBeUndefined();
  expect(refusalToWrite({ ...open, ends: now }, now)).toBe("over");
  expect(refusalToWrite({ ...open, closed: true }, now)).toBe("over");
  expect(refusalToWrite({ ...open, cancelled: true }, now)).toBe("isOut");
  expect(refusalToWrite({ ...open, written: [ago(59), ago(30)] }, now)).toBeUndefined();
  expect(refusalToWrite({ ...open, written: [ago(59), ago(30), ago(0)] }, now)).toBe("tooMany");
  expect(refusalToWrite({ ...open, written: [ago(60), ago(30), ago(0)] }, now)).toBeUndefined();
});
