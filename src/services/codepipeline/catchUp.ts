import type { Context } from "../../kernel/context.ts";
import { AwsError, known } from "../../kernel/errors.ts";
import { codeCommitOwner } from "../../kernel/gitHost.ts";
import { beginExecution } from "./begin.ts";
import { type Push, triggerOf } from "./pushes.ts";
import type { Declaration, PipelineRecord } from "./records.ts";
import { type Room, SERVICE_PRINCIPAL } from "./room.ts";

type Action = Declaration["stages"][number]["actions"][number];

/** How far back a branch's head is looked for among what a pipeline has run. */
const MAX_LOOKED_AT = 200;

/** Starts pipelines for commits that were taken just before the process ended, and whose executions were not begun. */
export const catchUp = (room: Room): void => {
  const { deps } = room;
  const pipelines = [...room.tables.pipelines.range()].map(({ value }) => value);
  deps.tasks.spawn("catch up with pushes", async () => {
    const host = deps.contextAs({ kind: "service", account: deps.account, service: SERVICE_PRINCIPAL });
    for (const pipeline of pipelines) {
      for (const action of pipeline.declaration.stages[0]?.actions ?? []) {
        const push = await headOf(host, deps, action);
        const [head] = push?.commits ?? [];
        const trigger = push && head !== undefined && triggerOf(room, pipeline, action, push, head);
        if (head === undefined || !trigger || hasRun(room, pipeline, action, head)) continue;
        beginExecution(room, pipeline, { trigger, overrides: { [action.name]: head } });
      }
    }
  });
};

/** The head of the branch an action takes, in the form of a push; undefined for what comes from elsewhere. */
const headOf = async (
  host: Context,
  { account, region }: Place,
  { actionTypeId, configuration = {}, region: elsewhere }: Action,
): Promise<Push | undefined> => {
  const fullName = FULL_NAMES[actionTypeId.provider]?.(configuration, { account, region: elsewhere ?? region });
  if (fullName === undefined) return undefined;
  const branch = configuration["BranchName"] ?? configuration["Branch"] ?? "";
  const [owner = "", ...rest] = fullName.split("/");
  const name = rest.join("/");
  try {
    const { commitId } = await host.call("git", "GetCommit", { owner, name, ref: `refs/heads/${branch}` });
    return { owner, repository: name, ref: `refs/heads/${branch}`, commits: [known(commitId, "the head's id")] };
  } catch (error) {
    // No such repository or branch: there is nothing to catch up with.
    if (error instanceof AwsError && error.statusCode === 404) return undefined;
    throw error;
  }
};

/** Where an action is. */
interface Place {
  readonly account: string;
  readonly region: string;
}

type FullName = (configuration: Readonly<Record<string, string>>, place: Place) => string | undefined;

const FULL_NAMES: Readonly<Record<string, FullName>> = {
  CodeCommit: ({ RepositoryName }, place) => `${codeCommitOwner(place)}/${RepositoryName}`,
  CodeStarSourceConnection: ({ FullRepositoryId }) => FullRepositoryId,
  GitHub: ({ Owner, Repo }) => `${Owner}/${Repo}`,
};

const hasRun = ({ tables }: Room, pipeline: PipelineRecord, { name }: Action, commit: string): boolean => {
  let looked = 0;
  for (const { overrides, revisions } of tables.executions.newestFirst(pipeline.name)) {
    if (overrides[name] === commit || revisions.some((each) => each.revisionId === commit)) return true;
    looked += 1;
    if (looked === MAX_LOOKED_AT) return true;
  }
  // A pipeline that has never run takes the head with its first run.
  return looked === 0;
};
