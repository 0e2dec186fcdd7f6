import {
  type CodePipelineClient,
  CreatePipelineCommand,
  PutActionRevisionCommand,
  RetryStageExecutionCommand,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../test/harness.ts";
import type { CloudEvent } from "../../kernel/events.ts";
import { MAX_CONCURRENT_EXECUTIONS } from "./limits.ts";
import { type Action, approvalOf, declared, pipelineCloud, stagesOf, tokenOf, until } from "./testPipeline.ts";

let cloud: TestCloud;
let client: CodePipelineClient;
let events: CloudEvent[];

beforeEach(async () => {
  ({ cloud, client, events } = await pipelineCloud());
});
afterEach(() => cloud[Symbol.asyncDispose]());

const publish: Action = {
  name: "Publish",
  actionTypeId: { category: "Deploy", owner: "AWS", provider: "S3", version: "1" },
  configuration: { BucketName: "nowhere", Extract: "false", ObjectKey: "a" },
  inputArtifacts: [{ name: "App" }],
};
const eventOf = (kind: "Pipeline" | "Stage" | "Action", state: string) =>
  until(async () =>
    events.find(({ detailType, detail }) => detailType.split(" ")[1] === kind && detail["state"] === state),
  );
const membersOf = async (kind: "Pipeline" | "Stage" | "Action", state: string) =>
  Object.keys((await eventOf(kind, state)).detail).sort();

const COMMON = ["execution-id", "pipeline", "pipeline-execution-attempt", "start-time", "state", "version"];
const ACTION = [...COMMON, "action", "action-execution-id", "region", "stage", "type"];

// https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
describe("CodePipeline's events", () => {
  it("have AWS's members of each state", async () => {
    await client.send(new CreatePipelineCommand(declared(stagesOf([publish]))));
    await eventOf("Pipeline", "FAILED");
    expect(await membersOf("Pipeline", "STARTED")).toEqual([...COMMON, "execution-trigger"].sort());
    expect(await membersOf("Stage", "STARTED")).toEqual([...COMMON, "stage"].sort());
    expect(await membersOf("Action", "STARTED")).toEqual([...ACTION].sort());
    expect(await membersOf("Action", "SUCCEEDED")).toEqual([...ACTION, "execution-result", "output-artifacts"].sort());
    const failed = await eventOf("Action", "FAILED");
    expect(Object.keys(failed.detail).sort()).toEqual([...ACTION, "execution-result"].sort());
    expect(failed.detail["execution-result"]).toMatchObject({ "error-code": "JobFailed" });
    const started = events.find(({ detail }) => detail["action"] === "Publish" && detail["state"] === "STARTED");
    expect(started?.detail["region"]).toBe("us-east-1");
    expect(started?.detail["input-artifacts"]).toMatchObject([{ name: "App", s3location: { bucket: "artifacts" } }]);
  });

  it("tell of a stage that was tried again when that was", async () => {
    await client.send(new CreatePipelineCommand(declared(stagesOf([publish]))));
    const pipelineExecutionId = String((await eventOf("Pipeline", "FAILED")).detail["execution-id"]);
    expect(await membersOf("Stage", "FAILED")).toEqual([...COMMON, "stage"].sort());
    const retry = {
      pipelineName: "app",
      stageName: "Stage1",
      pipelineExecutionId,
      retryMode: "FAILED_ACTIONS",
    } as const;
    await client.send(new RetryStageExecutionCommand(retry));
    const resumed = (await eventOf("Stage", "RESUMED")).detail;
    const retriedAt = new Date(cloud.clock.now()).toISOString();
    expect(resumed).toMatchObject({ "stage-last-retry-attempt-time": retriedAt, "pipeline-execution-attempt": 2 });
    await cloud.tasks.idle();
    const failures = events.filter(({ detail }) => detail["stage"] === "Stage1" && detail["state"] === "FAILED");
    expect(failures.at(-1)?.detail).toMatchObject({ "stage-last-retry-attempt-time": retriedAt });
  });

  it("tell why an execution is stopped, and of an abandoned action no result", async () => {
    await client.send(new CreatePipelineCommand(declared(stagesOf([approvalOf("Ask")]))));
    await tokenOf(client, "Ask");
    const pipelineExecutionId = String((await eventOf("Pipeline", "STARTED")).detail["execution-id"]);
    const stop = { pipelineName: "app", pipelineExecutionId, abandon: true, reason: "an update" };
    await client.send(new StopPipelineExecutionCommand(stop));
    await eventOf("Pipeline", "STOPPED");
    expect((await eventOf("Pipeline", "STOPPING")).detail["stop-execution-comments"]).toBe("an update");
    for (const state of ["STOPPING", "STOPPED"])
      expect((await eventOf("Stage", state)).detail).toMatchObject({ stage: "Stage1" });
    expect(await membersOf("Action", "ABANDONED")).toEqual([...ACTION].sort());
  });
});

describe("executions under way", () => {
  it("are at most fifty in the modes QUEUED and PARALLEL, however they are begun", async () => {
    const settings = { pipelineType: "V2", executionMode: "PARALLEL" } as const;
    await client.send(new CreatePipelineCommand(declared(stagesOf([approvalOf("Ask")]), settings)));
    for (let count = 1; count < MAX_CONCURRENT_EXECUTIONS; count++)
      await client.send(new StartPipelineExecutionCommand({ name: "app" }));
    const actionRevision = { revisionId: "r", revisionChangeId: "c", created: new Date(0) };
    const revised = { pipelineName: "app", stageName: "Source", actionName: "Source", actionRevision };
    for (const command of [new StartPipelineExecutionCommand({ name: "app" }), new PutActionRevisionCommand(revised)])
      await expect(client.send(command as StartPipelineExecutionCommand)).rejects.toMatchObject({
        name: "ConcurrentPipelineExecutionsLimitExceededException",
      });
  });
});
