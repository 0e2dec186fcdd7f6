import { expect, test } from "vitest";
import type { FunctionSpec } from "../../engines/function/spec.ts";
import { DAY_MS, testClock } from "../../kernel/clock.ts";
import type { Context } from "../../kernel/context.ts";
import { createTasks } from "../../kernel/tasks.ts";
import { createLogShipper } from "./logShipper.ts";

test("lines of more than a day, as a clock that is moved on makes them, are sent apart", async () => {
  const batches: string[][] = [];
  const call = async (_service: string, operation: string, input: { logEvents?: { message: string }[] }) => {
    if (operation === "PutLogEvents") batches.push((input.logEvents ?? []).map(({ message }) => message));
    return {};
  };
  const bugs: unknown[] = [];
  const tasks = createTasks((_where, error) => bugs.push(error));
  const machineClock = testClock(DAY_MS);
  const log = createLogShipper({ tasks, machineClock, asRole: async () => ({ call }) as unknown as Context });
  const spec = { functionName: "hello", logging: { format: "Text", group: "/aws/lambda/hello" } } as FunctionSpec;
  for (const [message, timestamp] of [
    ["a", 0],
    ["b", DAY_MS],
    ["c", DAY_MS + 1],
  ] as const) {
    log(spec, "stream", { timestamp, message });
  }
  machineClock.advance(1000);
  await tasks.idle();
  expect({ batches, bugs }).toEqual({ batches: [["a", "b"], ["c"]], bugs: [] });
});
