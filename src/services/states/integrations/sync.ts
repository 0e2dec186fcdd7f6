import { StateFailure } from "../../../engines/states/failure.ts";
import { objectOf, textOf } from "../../../engines/states/values.ts";
import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { Room } from "../room.ts";
import { resultOf } from "./casing.ts";
import type { Integration } from "./model.ts";

const POLL_MS = 60_000;

/** Waits for an execution, and answers its description; with `isParsed`, its output as JSON. */
export const waitForExecution =
  (isParsed: boolean): Integration["wait"] =>
  async (room, ctx, begun, signal) => {
    const arn = isJsonObject(begun) ? textOf(begun, "ExecutionArn") : undefined;
    const found = await waitFor(room, "aws.states", signal, async () => {
      const execution = await ctx.call("states", "DescribeExecution", { executionArn: arn });
      return execution.status === "RUNNING" ? undefined : execution;
    });
    const result = resultOf(found, "seconds");
    if (found.status !== "SUCCEEDED") throw new StateFailure("States.TaskFailed", JSON.stringify(result));
    if (!isParsed || !isJsonObject(result)) return result;
    return { ...result, Input: parsed(result["Input"]), Output: parsed(result["Output"]) };
  };

const parsed = (value: JsonValue | undefined): JsonValue =>
  typeof value === "string" ? JSON.parse(value) : (value ?? null);

/** Waits for a build, and answers it. */
export const waitForBuild: Integration["wait"] = async (room, ctx, begun, signal) => {
  const id = (isJsonObject(begun) && textOf(objectOf(begun, "Build") ?? {}, "Id")) || "";
  const build = await waitFor(room, "aws.codebuild", signal, async () => {
    const [found] = (await ctx.call("codebuild", "BatchGetBuilds", { ids: [id] })).builds ?? [];
    return found?.buildStatus === "IN_PROGRESS" ? undefined : found;
  });
  const result = resultOf({ build }, "seconds");
  if (build.buildStatus !== "SUCCEEDED") throw new StateFailure("States.TaskFailed", JSON.stringify(result));
  return result;
};

/** Looks until there is something to see: when an event of the source comes, and from time to time. */
const waitFor = async <T>(
  { deps }: Room,
  source: string,
  signal: AbortSignal,
  look: () => Promise<T | undefined>,
): Promise<T> => {
  let wake = () => {};
  const stop = deps.events.subscribe((event) => {
    if (event.source === source) wake();
  });
  try {
    for (;;) {
      signal.throwIfAborted();
      const event = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const seen = await look();
      if (seen !== undefined) return seen;
      const over = new AbortController();
      try {
        await Promise.race([event, deps.clock.sleep(POLL_MS, AbortSignal.any([signal, over.signal]))]);
      } finally {
        over.abort();
      }
    }
  } finally {
    stop();
  }
};
