import type { ActionRun, Execution } from "../../engines/pipeline/model.ts";
import { errorMessage } from "../../kernel/errors.ts";
import { rootOf } from "../../kernel/principal.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { failureOf, pipelineLink } from "./failure.ts";
import type { Tables } from "./records.ts";

/** The last lines of a failed action's log that are shown. */
const LOG_LINES = 20;

/** What the one who pushed wants to see when a run has ended: the addresses it serves, or the cause of its failure. */
export const endingLines = async (deps: RoomDeps, tables: Tables, execution: Execution): Promise<readonly string[]> => {
  const runs = [...tables.executions.runs(execution)];
  const seconds = ((execution.updatedAt - execution.startedAt) / 1000).toFixed(1);
  switch (execution.state.status) {
    case "Succeeded":
      return [`  Succeeded in ${seconds} s`, ...addresses(runs)];
    case "Failed": {
      const failed = runs.findLast(({ status }) => status === "Failed");
      const { stage, action, cause, commit, author, link } = failureOf(deps, tables, execution);
      return [
        `  FAILED after ${seconds} s in ${stage}${action ? ` / ${action}` : ""}`,
        ...(cause ? [`  ${failed?.error ? `${failed.error.code}: ` : ""}${cause}`] : []),
        ...(failed ? await logTail(deps, failed) : []),
        ...(author ? [`  Commit ${commit.slice(0, 8)} by ${author}`] : []),
        `  ${link}`,
        "  What was live before is live still.",
      ];
    }
    case "Cancelled":
      return [
        `  Cancelled after ${seconds} s: the pipeline was changed, and what it runs next goes by its new structure`,
        `  ${pipelineLink(deps, execution)}`,
      ];
    default:
      return [`  ${execution.state.status} after ${seconds} s`];
  }
};

const addresses = (runs: readonly ActionRun[]): readonly string[] => {
  const outputs = runs
    .filter(({ action }) => action.provider === "CloudFormation")
    .flatMap((run) => Object.entries(run.outputVariables));
  const urls = new Map(outputs.filter(([, value]) => /^https?:\/\//.test(value)));
  return [...urls].map(([name, value]) => `  ${name}  ${value}`);
};

const logTail = async (deps: RoomDeps, { external }: ActionRun): Promise<readonly string[]> => {
  const [, group, stream] = /:log-group:(.+):log-stream:(.+)$/.exec(external?.logStreamArn ?? "") ?? [];
  if (group === undefined || stream === undefined) return [];
  try {
    const self = deps.contextAs(rootOf(deps.account, deps.partition));
    const { events = [] } = await self.call("logs", "GetLogEvents", {
      logGroupName: group,
      logStreamName: stream,
      limit: LOG_LINES,
      startFromHead: false,
    });
    return events.map(({ message = "" }) => `  | ${message.trimEnd()}`);
  } catch (error) {
    return [`  The log cannot be read: ${errorMessage(error)}`];
  }
};
