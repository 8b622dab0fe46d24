import { say as accounts } from "../features/accounts/words.ts";
import { say as community } from "../features/community/words.ts";
import { say as safetyDesk } from "../features/safety/desk/words.ts";
import { say as areas } from "../features/directory/areas/words.ts";
import { say as find } from "../features/directory/finder/words.ts";
import { say as imports } from "../features/directory/imports/words.ts";
import { say as report } from "../features/directory/listing/report/words.ts";
import { say as listing } from "../features/directory/listing/words.ts";
import { say as asking } from "../features/directory/renewal/asking/words.ts";
import { say as keep } from "../features/directory/renewal/words.ts";
import { say as tending } from "../features/directory/tending/words.ts";
import { say as evening } from "../features/groups/evening/words.ts";
import { say as series } from "../features/groups/series/words.ts";
import { say as groups } from "../features/groups/words.ts";
import { say as board } from "../features/helpline/board/words.ts";
import { say as callBacks } from "../features/helpline/call-backs/words.ts";
import { say as closures } from "../features/helpline/closures/words.ts";
import { say as concerns } from "../features/helpline/concerns/words.ts";
import { say as desk } from "../features/helpline/desk/words.ts";
import { say as parent } from "../features/helpline/parent/words.ts";
import { say as home } from "../features/network/words.ts";
import { say as privacy } from "../features/privacy/words.ts";
import { say as onCall } from "../features/safety/on-call/words.ts";
import { say as safety } from "../features/safety/words.ts";

/** The sentences that journeys look for, as the pages say them. */
export const said = { accounts, areas, asking, board, callBacks, closures, community, concerns, desk, evening, find, groups, home, imports, keep, listing, onCall, parent, privacy, report, safety, safetyDesk, series, tending };
