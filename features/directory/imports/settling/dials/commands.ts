import { sql } from "kysely";
import { NIL } from "uuid";
import type { Tx } from "../../../../../platform/db/database.ts";
import { isDialOf } from "../../../phones/rules.ts";

const batch = 2_000;

/** What a file says of how a number is dialled; two sayings of one number are none. */
type Said = { readonly id: string; readonly number: string; readonly country: string; readonly dial: string; readonly file: number };

/** How a number is dialled is taken from a file only where it rings what is shown, and nothing that is never brought in. Answers how many each file said in vain. */
export async function takeDials(tx: Tx): Promise<readonly { readonly file: number; readonly count: number }[]> {
  await sql`create temporary table stage_dials on commit drop as
    select p.id, coalesce(p.number, '') as number, split_part(x.value, ' ', 1) as country, split_part(x.value, ' ', 2) as dial, x.file
    from stage_phones p join (select id, string_agg(value, E'\n') as value, min(at_file) as file from stage_said where what = 'dial' group by id) x on x.id = p.id
    where x.value ~ '^[A-Z]{2} (\\+[0-9]{6,15}|[0-9]{2,6})$'`.execute(tx);
  await sql`create unique index on stage_dials (id)`.execute(tx);
  const vain = new Map<number, number>();
  for (let last: string = NIL; ; ) {
    const { rows } = await sql<Said>`select id, number, country, dial, file from stage_dials where id > ${last}::uuid order by id limit ${batch}`.execute(tx);
    const wrong = rows.filter(({ dial, number, country }) => !isDialOf(dial, number, country));
    for (const { file } of wrong) vain.set(file, (vain.get(file) ?? 0) + 1);
    if (wrong.length > 0) await sql`delete from stage_dials where id = any(${wrong.map(({ id }) => id)}::uuid[])`.execute(tx);
    if (rows.length < batch) break;
    last = rows.at(-1)?.id ?? last;
  }
  await sql`update stage_phones s set dial = x.dial, dial_kind = case when x.dial like '+%' then 'e164' else 'short' end, country = x.country from stage_dials x where x.id = s.id`.execute(tx);
  return [...vain].map(([file, count]) => ({ file, count }));
}
