import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { IAMClient } from "@aws-sdk/client-iam";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import { createHello } from "../../src/services/lambda/testLambda.ts";
import { serviceRole } from "../serviceRole.ts";
import { temporaryDirectory } from "../socket/clouds.ts";
import { startBuilt } from "./builtCloud.ts";

/** `T` is a process that stands still; undefined one that is gone. */
const stateOf = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2)[0];
  } catch {
    return undefined;
  }
};

const becomes = async (pid: number, state: string | undefined): Promise<void> => {
  while (stateOf(pid) !== state) await setImmediate();
};

// Only Linux tells the state of a process.
it.runIf(process.platform === "linux")(
  "leaves no frozen function behind, and ends none that it thawed",
  async () => {
    using directory = temporaryDirectory();
    const cloud = await startBuilt(join(directory.path, "state"));
    await serviceRole(cloud.client(IAMClient), "hello", "lambda", ["logs:*"]);
    const lambda = cloud.client(LambdaClient);
    await createHello(lambda, "export const handler = async () => process.pid");
    const invoke = async () => {
      const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: "hello" }));
      return Number(Payload?.transformToString());
    };
    const pid = await invoke();
    await becomes(pid, "T");
    expect(await invoke()).toBe(pid);
    await becomes(pid, "T");
    await cloud.end("SIGKILL");
    await becomes(pid, undefined);
  },
  60_000,
);
