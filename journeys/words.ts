import { say as accounts } from "../features/accounts/words.ts";
import { say as board } from "../features/helpline/board/words.ts";
import { say as callBacks } from "../features/helpline/call-backs/words.ts";
import { say as closures } from "../features/helpline/closures/words.ts";
import { say as concerns } from "../features/helpline/concerns/words.ts";
import { say as desk } from "../features/helpline/desk/words.ts";
import { say as parent } from "../features/helpline/parent/words.ts";
import { say as home } from "../features/network/words.ts";
import { say as safety } from "../features/safety/words.ts";

/** The sentences that journeys look for, as the pages say them. */
export const said = { accounts, board, callBacks, closures, concerns, desk, home, parent, safety };
