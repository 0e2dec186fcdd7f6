import type { ActionRun } from "../../../engines/pipeline/model.ts";
import { findExecution } from "../find.ts";
import { numbersIn } from "../paging.ts";
import type { PipelineRecord } from "../records.ts";
import type { Room } from "../room.ts";

interface RunFilter {
  readonly pipelineExecutionId?: string | undefined;
  readonly latestInPipelineExecution?:
    | { readonly pipelineExecutionId: string; readonly startTimeRange: "Latest" | "All" }
    | undefined;
}

/** Runs of actions or rules, the newest first, from where the token left off: of one execution where a filter asks. */
export const runsOf = (
  room: Room,
  pipeline: PipelineRecord,
  filter: RunFilter | undefined,
  nextToken: string | undefined,
  newestFirst: (pipeline: string, before?: readonly [number, number]) => Iterable<ActionRun>,
): Iterable<ActionRun> => {
  const latest = filter?.latestInPipelineExecution;
  const id = filter?.pipelineExecutionId ?? latest?.pipelineExecutionId;
  const execution = id === undefined ? undefined : findExecution(room, pipeline, id);
  const numbers = numbersIn(nextToken);
  const place = numbers && ([numbers[0] ?? 0, numbers[1] ?? 0] as const);
  const start = place ?? (execution && ([execution.sequence + 1, 0] as const));
  const all = newestFirst(pipeline.name, start);
  if (!execution) return all;
  const own = upTo(all, execution.sequence);
  return latest?.startTimeRange === "Latest" ? latestOfEach(own) : own;
};

function* upTo(runs: Iterable<ActionRun>, sequence: number): Iterable<ActionRun> {
  for (const run of runs) {
    if (run.sequence < sequence) return;
    yield run;
  }
}

/** AWS: of actions that ran more than once in an execution, the last run. */
function* latestOfEach(runs: Iterable<ActionRun>): Iterable<ActionRun> {
  const seen = new Set<string>();
  for (const run of runs) {
    const place = [run.stageName, run.condition ?? "", run.action.name].join("/");
    if (seen.has(place)) continue;
    seen.add(place);
    yield run;
  }
}
