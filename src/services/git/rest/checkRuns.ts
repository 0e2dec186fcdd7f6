import { keyOf } from "../../../engines/git/place.ts";
import type { CheckRunRecord } from "../records.ts";
import { nextNumber } from "../room.ts";
import { tell } from "../webhooks/events.ts";
import { type AskedOf, created, invalid, notFound, ok, type RepositoryRoute } from "./api.ts";
import { checkRunView, checkSuiteView } from "./checkViews.ts";
import { resolveCommit } from "./commits.ts";
import { objectIn, optionalTextIn, readJson, textIn } from "./input.ts";
import { linkHeader, pageOf } from "./paging.ts";

const STATUSES = ["queued", "in_progress", "completed", "waiting", "requested", "pending"] as const;
const CONCLUSIONS = [
  "action_required",
  "cancelled",
  "failure",
  "neutral",
  "success",
  "skipped",
  "stale",
  "timed_out",
] as const;

/** https://docs.github.com/en/rest/checks/runs#create-a-check-run */
const createRun: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const name = textIn(body, "name");
  const headSha = await resolveCommit(asked, textIn(body, "head_sha"));
  const run = changed(asked, body, {
    id: nextNumber(room, "checkRuns"),
    name,
    headSha,
    status: "queued",
    startedAt: room.clock.now(),
  });
  room.checkRuns.put([...keyOf(repository), run.id], run);
  await tell(room, repository, "check_run", "created", () => ({ check_run: checkRunView(room, repository, run) }));
  return created(checkRunView(room, repository, run));
};

const updateRun: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const before = runIn(asked);
  const run = changed(asked, await readJson(asked), before);
  room.checkRuns.put([...keyOf(repository), run.id], run);
  if (before.status !== "completed" && run.status === "completed") {
    await tell(room, repository, "check_run", "completed", () => ({ check_run: checkRunView(room, repository, run) }));
  }
  return ok(checkRunView(room, repository, run));
};

type Body = Awaited<ReturnType<typeof readJson>>;

/** A run with what a request says of it. GitHub: a conclusion completes it. */
const changed = ({ room }: AskedOf, body: Body, run: CheckRunRecord): CheckRunRecord => {
  const conclusion = oneOf(CONCLUSIONS, optionalTextIn(body, "conclusion"), "conclusion") ?? run.conclusion;
  const asked = oneOf(STATUSES, optionalTextIn(body, "status"), "status") ?? run.status;
  const status = optionalTextIn(body, "conclusion") === undefined ? asked : "completed";
  if (status === "completed" && conclusion === undefined) throw invalid("CheckRun", "conclusion", "missing_field");
  const output = objectIn(body, "output");
  const detailsUrl = optionalTextIn(body, "details_url");
  const externalId = optionalTextIn(body, "external_id");
  const completedAt = timeIn(body, "completed_at") ?? run.completedAt ?? room.clock.now();
  return {
    ...run,
    name: optionalTextIn(body, "name") ?? run.name,
    status,
    startedAt: timeIn(body, "started_at") ?? run.startedAt,
    ...(conclusion !== undefined && status === "completed" ? { conclusion, completedAt } : {}),
    ...(detailsUrl === undefined ? {} : { detailsUrl }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(output ? { output: outputOf(output) } : {}),
  };
};

const outputOf = (output: Body) => ({
  title: optionalTextIn(output, "title") ?? null,
  summary: optionalTextIn(output, "summary") ?? null,
  text: optionalTextIn(output, "text") ?? null,
  annotations: Array.isArray(output["annotations"]) ? output["annotations"] : [],
});

const oneOf = <T extends string>(known: readonly T[], text: string | undefined, field: string): T | undefined => {
  if (text === undefined) return undefined;
  const found = known.find((each) => each === text);
  if (!found) throw invalid("CheckRun", field, "invalid", `${field} is not included in the list`);
  return found;
};

const timeIn = (body: Body, name: string): number | undefined => {
  const text = optionalTextIn(body, name);
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw invalid("CheckRun", name, "invalid", `${name} is no time`);
  return time;
};

const runIn = ({ room, repository, params }: AskedOf): CheckRunRecord => {
  const run = room.checkRuns.get([...keyOf(repository), Number(params[0])]);
  if (!run) throw notFound();
  return run;
};

const getRun: RepositoryRoute[1] = async (asked) => ok(checkRunView(asked.room, asked.repository, runIn(asked)));

const annotations: RepositoryRoute[1] = async (asked) => ok(runIn(asked).output?.annotations ?? []);

const runsOf = ({ room, repository }: AskedOf, commit: string): readonly CheckRunRecord[] =>
  [...room.checkRuns.values({ prefix: keyOf(repository), reverse: true })].filter(({ headSha }) => headSha === commit);

/** GitHub: of each name the latest, unless all are asked for. */
const listRuns = (asked: AskedOf, commit: string) => {
  const { room, repository, query } = asked;
  const seen = new Set<string>();
  const runs = runsOf(asked, commit)
    .filter(({ name }) => query.get("filter") === "all" || !(seen.has(name) || !seen.add(name)))
    .filter(({ name }) => (query.get("check_name") ?? name) === name)
    .filter(({ status }) => (query.get("status") ?? status) === status);
  const { skip, size } = pageOf(query);
  const shown = runs.slice(skip, skip + size).map((run) => checkRunView(room, repository, run));
  return ok({ total_count: runs.length, check_runs: shown }, linkHeader(asked, runs.length));
};

const runsOfCommit: RepositoryRoute[1] = async (asked) =>
  listRuns(asked, await resolveCommit(asked, asked.params[0] ?? ""));

/** All runs of a commit are one suite: there is one application here that makes them. */
const suitesOfCommit: RepositoryRoute[1] = async (asked) => {
  const commit = await resolveCommit(asked, asked.params[0] ?? "");
  const runs = runsOf(asked, commit);
  const suites = runs.length === 0 ? [] : [checkSuiteView(asked.room, asked.repository, runs)];
  return ok({ total_count: suites.length, check_suites: suites });
};

const suiteIn = (asked: AskedOf): readonly CheckRunRecord[] => {
  const first = asked.room.checkRuns.get([...keyOf(asked.repository), Number(asked.params[0])]);
  const runs = first ? runsOf(asked, first.headSha) : [];
  // A suite bears the number of its first run.
  if (runs.at(-1)?.id !== first?.id || runs.length === 0) throw notFound();
  return runs;
};

const getSuite: RepositoryRoute[1] = async (asked) => ok(checkSuiteView(asked.room, asked.repository, suiteIn(asked)));

const runsOfSuite: RepositoryRoute[1] = async (asked) => listRuns(asked, suiteIn(asked)[0]?.headSha ?? "");

export const checkRoutes: readonly RepositoryRoute[] = [
  ["POST /check-runs", createRun],
  ["GET /check-runs/*/annotations", annotations],
  ["GET /check-runs/*", getRun],
  ["PATCH /check-runs/*", updateRun],
  ["GET /commits/**/check-runs", runsOfCommit],
  ["GET /commits/**/check-suites", suitesOfCommit],
  ["GET /check-suites/*/check-runs", runsOfSuite],
  ["GET /check-suites/*", getSuite],
];
