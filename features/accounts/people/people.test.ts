import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { accountsApp, browser, makeMember, makeSignedIn, runJobs, signInAs } from "../factory.ts";
import { supervisorsNow, staffNow } from "../queries.ts";
import { endRole } from "./commands.ts";

const house = await openTestHouse();
const app = accountsApp(house);
const carmen = await makeSignedIn(house, ["coordinator"], { name: "Carmen", signInName: "carmen" });

test("only a coordinator finds the list of people; for others there is no such page", async () => {
  for (const role of ["volunteer", "supervisor"] as const) {
    const one = browser(app, (await makeSignedIn(house, [role])).cookie);
    for (const path of ["/people", "/people/invite", "/people/invited", `/people/${carmen.id}`]) expect((await one.get(path)).status).toBe(404);
    expect((await one.post("/people/invitations", { forName: "Eve", roles: "coordinator" })).status).toBe(404);
    expect((await one.post(`/people/${carmen.id}/roles/end`, { role: "coordinator" })).status).toBe(404);
    expect((await one.post(`/people/${carmen.id}/sign-in-link`)).status).toBe(404);
  }
  expect((await browser(app).get("/people")).to).toBe("/sign-in");
});

test("the list shows names, roles and their last days, in both languages", async () => {
  await makeMember(house, [], { name: "Ruth", roles: [{ role: "volunteer", expiresAt: Temporal.Instant.from("2026-12-01T08:00:00Z") }] });
  expect((await browser(app, carmen.cookie).get("/people")).text).toMatch(/Ruth.*Volunteer.*until Nov 30, 2026/s);
  expect((await browser(app, carmen.cookie, "es").get("/people")).text).toMatch(/Ruth.*Voluntariado.*hasta el 30 (de )?nov/s);
});

test("an invitation's link is shown once, and e-mailed where an address was given; the address is not kept", async () => {
  const one = browser(app, carmen.cookie);
  const made = await one.post("/people/invitations", { forName: "Dolores", roles: ["volunteer", "supervisor"], email: "dolores@example.org" });
  expect(made.to).toBe("/people/invited");
  const link = /http:\/\/localhost:3000\/join\/[\w-]{43}/.exec((await one.get("/people/invited")).text)?.[0] ?? "none";
  expect((await one.get("/people/invited")).text).toContain("shown once");
  const waiting = await house.db.withSchema("graphile_worker").selectFrom("_private_jobs" as "network").selectAll().execute();
  expect(JSON.stringify(waiting)).not.toMatch(/dolores/i);
  await runJobs(house);
  expect(house.letters[0]).toMatchObject({ to: "dolores@example.org", subject: "Carmen invites you to Small Hours" });
  expect(house.letters[0]?.text).toContain(link);
  expect(JSON.stringify(await house.db.selectFrom("invitations").selectAll().execute())).not.toContain("dolores@");
});

test("an invitation without a role, or with a day that is past, comes back with all that was typed", async () => {
  const again = await browser(app, carmen.cookie).post("/people/invitations", { forName: "Dolores", lastDay: "2026-11-01", roles: ["volunteer"] });
  expect(again.status).toBe(422);
  expect(again.text).toMatch(/href="#lastDay"[^>]*>Choose a day that is still to come/);
  expect(again.text).toContain('value="Dolores"');
  expect(again.text).toContain('value="2026-11-01"');
  expect((await browser(app, carmen.cookie).post("/people/invitations", { forName: "" })).text).toContain("Choose at least one role");
});

test("a withdrawn invitation opens nothing", async () => {
  const one = browser(app, carmen.cookie);
  await one.post("/people/invitations", { forName: "Hope", roles: "volunteer" });
  const link = /\/join\/[\w-]{43}/.exec((await one.get("/people/invited")).text)?.[0] ?? "";
  expect((await one.get("/people")).text).toContain("Withdraw the invitation for Hope");
  const { id } = await house.db.selectFrom("invitations").select("id").where("for_name", "=", "Hope").executeTakeFirstOrThrow();
  await one.post(`/people/invitations/${id}/withdraw`);
  const hope = browser(app);
  await hope.get(link);
  expect((await hope.get("/join")).status).toBe(410);
});

test("a role given with a last day is over after it, and one that is ended is over at once", async () => {
  const ruth = await makeSignedIn(house, ["volunteer"]);
  const one = browser(app, carmen.cookie);
  await one.post(`/people/${ruth.id}/roles`, { role: "supervisor", lastDay: "2026-11-24" });
  expect([...((await house.memberBySession(ruth.token))?.roles ?? [])].sort()).toEqual(["supervisor", "volunteer"]);
  const pageable = (await supervisorsNow(house.db, house.now())).map(({ id }) => id);
  expect(pageable).toContain(ruth.id);
  expect(pageable.at(-1)).toBe(carmen.id);
  await one.post(`/people/${ruth.id}/roles/end`, { role: "volunteer" });
  expect([...((await house.memberBySession(ruth.token))?.roles ?? [])]).toEqual(["supervisor"]);
  expect((await staffNow(house.db, Temporal.Instant.from("2026-11-25T08:00:00Z"))).map(({ id }) => id)).not.toContain(ruth.id);
  const audited = await house.db.selectFrom("audit_entries").select(["act", "reason"]).where("subject_id", "=", ruth.id).where("member_id", "=", carmen.id).execute();
  expect(audited).toEqual([{ act: "gave_role", reason: "supervisor" }, { act: "ended_role", reason: "volunteer" }]);
});

test("the last coordinator stays one, and is told why", async () => {
  const one = browser(app, carmen.cookie);
  const ended = await one.post(`/people/${carmen.id}/roles/end`, { role: "coordinator" });
  expect(ended.text).toContain("A network needs a coordinator");
  expect((await one.post(`/people/${carmen.id}/roles`, { role: "coordinator", lastDay: "2026-12-24" })).status).toBe(422);
  expect((await one.get("/people")).status).toBe(200);
});

test("two coordinators who end each other at one moment do not both succeed", async () => {
  const vera = await makeSignedIn(house, ["coordinator"]);
  const results = await Promise.all([endRole(house, carmen.scope, vera.id, "coordinator"), endRole(house, vera.scope, carmen.id, "coordinator")]);
  expect(results.filter((result) => "changed" in result)).toHaveLength(1);
  const left = (await staffNow(house.db, house.now())).filter(({ roles }) => roles.includes("coordinator"));
  expect(left).toHaveLength(1);
  await house.db.insertInto("member_roles").values({ member_id: carmen.id, role: "coordinator", given_at: house.now() }).execute();
});

test("a coordinator helps somebody back in, not herself, and it is written down", async () => {
  const lost = await makeMember(house);
  const one = browser(app, carmen.cookie);
  expect((await one.post(`/people/${carmen.id}/sign-in-link`)).status).toBe(404);
  expect((await one.post(`/people/${lost}/sign-in-link`)).to).toBe("/people/helped");
  const link = /\/sign-in\/link\/[\w-]{43}/.exec((await one.get("/people/helped")).text)?.[0] ?? "";
  const back = browser(app);
  await back.get(link);
  expect((await back.post("/sign-in/link")).to).toBe("/desk");
  expect(await house.db.selectFrom("audit_entries").select("act").where("act", "=", "made_sign_in_link").execute()).toHaveLength(1);
});

test("a coordinator's own second step still stands before such a link", async () => {
  const other = await makeMember(house, ["coordinator"]);
  const one = browser(app, (await signInAs(house, carmen.id)).cookie);
  await one.post(`/people/${other}/sign-in-link`);
  const back = browser(app);
  await back.get(/\/sign-in\/link\/[\w-]{43}/.exec((await one.get("/people/helped")).text)?.[0] ?? "");
  await back.post("/sign-in/link");
  expect((await back.get("/people")).to).toBe("/account/second-step");
});
