import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  PutApprovalResultCommand,
  RetryStageExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { describe, expect, it } from "vitest";
import { declared } from "../../src/services/codepipeline/testPipeline.ts";
import { temporaryDirectory } from "../socket/clouds.ts";
import { type BuiltCloud, startBuilt } from "./builtCloud.ts";
import { type Kind, kindsOf, makeGroundOf } from "./killedGround.ts";
import { until } from "./until.ts";

/** How long deployments and the state machine hold their actions. */
const HELD_MS = 10 * 60_000;

const runsOf = async (client: CodePipelineClient, pipelineName: string) =>
  (await client.send(new ListActionExecutionsCommand({ pipelineName }))).actionExecutionDetails ?? [];

/** Begins pipelines and kills the cloud once the action of each kind is under way; what they were at that moment. */
const strike = async (cloud: BuiltCloud, kinds: readonly Kind[]): Promise<readonly (string | undefined)[]> => {
  const client = cloud.client(CodePipelineClient);
  for (const { name, stages } of kinds)
    await client.send(new CreatePipelineCommand(declared(stages, { name, pipelineType: "V2" })));
  const look = async ({ name, watched, isElsewhere }: Kind) =>
    (await runsOf(client, name)).find(
      ({ actionName, output, status }) =>
        actionName === watched &&
        (!isElsewhere || status !== "InProgress" || output?.executionResult?.externalExecutionId),
    )?.status;
  const statuses = await until(async () => {
    const seen = await Promise.all(kinds.map(look));
    return seen.includes(undefined) ? undefined : seen;
  });
  await cloud.end("SIGKILL");
  return statuses;
};

/** Approves what asks, tries again what failed, and answers how often it had to, once the pipeline has succeeded. */
const finish = async (client: CodePipelineClient, pipelineName: string): Promise<number> => {
  let retries = 0;
  await until(async () => {
    const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: pipelineName }));
    for (const { stageName, actionStates = [] } of stageStates) {
      const { token } = actionStates[0]?.latestExecution ?? {};
      const actionName = actionStates[0]?.actionName;
      const result = { status: "Approved", summary: "" } as const;
      if (token)
        await client.send(new PutApprovalResultCommand({ pipelineName, stageName, actionName, token, result }));
    }
    const [execution] =
      (await client.send(new ListPipelineExecutionsCommand({ pipelineName }))).pipelineExecutionSummaries ?? [];
    if (execution?.status === "Succeeded") return true;
    if (execution?.status !== "Failed") return undefined;
    const failed = (await runsOf(client, pipelineName)).find(({ status }) => status === "Failed");
    const cause = failed?.output?.executionResult?.errorDetails;
    expect(cause, pipelineName).toMatchObject({ code: expect.any(String), message: expect.stringMatching(/\w/) });
    retries += 1;
    expect(retries, `${pipelineName}: ${cause?.message}`).toBeLessThan(2);
    const { stageName } = failed ?? {};
    const { pipelineExecutionId } = execution;
    const retry = { pipelineName, stageName, pipelineExecutionId, retryMode: "FAILED_ACTIONS" } as const;
    await client.send(new RetryStageExecutionCommand(retry));
    return undefined;
  });
  return retries;
};

describe("a cloud that is killed in each kind of action", () => {
  it("goes on with the action, or fails it with a cause, and another try succeeds", { timeout: 300_000 }, async () => {
    using directory = temporaryDirectory();
    const state = join(directory.path, "state");
    const gate = join(directory.path, "gate");
    let cloud = await startBuilt(state);
    try {
      const { quick, held } = kindsOf(gate);
      const kinds = [...quick, ...held];
      await makeGroundOf(cloud, directory.path, gate, kinds);
      for (const kind of quick) {
        await strike(cloud, [kind]);
        cloud = await startBuilt(state);
      }
      expect(new Set(await strike(cloud, held))).toEqual(new Set(["InProgress"]));
      cloud = await startBuilt(state);
      writeFileSync(gate, "");
      await cloud.advance(HELD_MS);
      const client = cloud.client(CodePipelineClient);
      const retries = new Map<string, number>();
      for (const { name } of kinds) retries.set(name, await finish(client, name));
      // What a build did is gone with its process; the others are taken up where they were.
      expect(
        [...retries]
          .filter(([, count]) => count > 0)
          .map(([name]) => name)
          .sort(),
      ).toEqual(["CodeBuild", "Commands"]);
    } finally {
      await cloud.end("SIGTERM");
    }
  });
});
