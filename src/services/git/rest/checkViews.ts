import type { CheckRunRecord, RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { addressesOf, isoTime, nodeId, OWNER_LOGIN, repositoryView, userView } from "./views.ts";

/** The one application here that makes check runs. */
const appView = (room: Room) => ({
  id: 1,
  slug: OWNER_LOGIN,
  node_id: nodeId("App", 1),
  name: OWNER_LOGIN,
  owner: userView(room, OWNER_LOGIN),
});

/** https://docs.github.com/en/rest/checks/runs */
export const checkRunView = (room: Room, repository: RepositoryRecord, run: CheckRunRecord) => {
  const { api, html } = addressesOf(room, repository);
  const url = `${api}/check-runs/${run.id}`;
  const { title = null, summary = null, text = null, annotations = [] } = run.output ?? {};
  return {
    id: run.id,
    node_id: nodeId("CheckRun", run.id),
    head_sha: run.headSha,
    external_id: run.externalId ?? "",
    url,
    html_url: `${html}/commit/${run.headSha}`,
    details_url: run.detailsUrl ?? `${html}/commit/${run.headSha}`,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: isoTime(run.startedAt),
    completed_at: run.completedAt === undefined ? null : isoTime(run.completedAt),
    output: {
      title,
      summary,
      text,
      annotations_count: annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    app: appView(room),
    pull_requests: [],
  };
};

/** https://docs.github.com/en/rest/checks/suites: of the runs of one commit, the latest first. */
export const checkSuiteView = (room: Room, repository: RepositoryRecord, runs: readonly CheckRunRecord[]) => {
  const { api } = addressesOf(room, repository);
  const [latest, first] = [runs.at(0), runs.at(-1)];
  const id = first?.id ?? 0;
  const isDone = runs.every(({ status }) => status === "completed");
  return {
    id,
    node_id: nodeId("CheckSuite", id),
    head_sha: first?.headSha,
    status: isDone ? "completed" : "in_progress",
    conclusion: isDone ? suiteConclusion(runs) : null,
    url: `${api}/check-suites/${id}`,
    check_runs_url: `${api}/check-suites/${id}/check-runs`,
    latest_check_runs_count: runs.length,
    app: appView(room),
    repository: repositoryView(room, repository),
    pull_requests: [],
    created_at: isoTime(first?.startedAt ?? 0),
    updated_at: isoTime(latest?.completedAt ?? latest?.startedAt ?? 0),
  };
};

const suiteConclusion = (runs: readonly CheckRunRecord[]): string => {
  const conclusions = new Set(runs.map(({ conclusion }) => conclusion));
  const worst = ["failure", "timed_out", "cancelled", "action_required"].find((each) =>
    [...conclusions].some((conclusion) => conclusion === each),
  );
  return worst ?? (conclusions.has("success") ? "success" : "neutral");
};
