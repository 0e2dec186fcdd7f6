import {
  type CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  StartPipelineExecutionCommand,
  UpdatePipelineCommand,
} from "@aws-sdk/client-codepipeline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../test/harness.ts";
import type { CloudEvent } from "../../kernel/events.ts";
import { approvalOf, declared, executionsOf, pipelineCloud, stagesOf, tokenOf, until } from "./testPipeline.ts";

let cloud: TestCloud;
let client: CodePipelineClient;
let events: CloudEvent[];

beforeEach(async () => {
  ({ cloud, client, events } = await pipelineCloud());
});
afterEach(() => cloud[Symbol.asyncDispose]());

const v2 = (executionMode: "QUEUED" | "SUPERSEDED" | "PARALLEL") => ({ pipelineType: "V2", executionMode }) as const;
const update = (...input: Parameters<typeof declared>) =>
  client.send(new UpdatePipelineCommand(declared(...input) as never));
const statuses = async () => (await executionsOf(client)).map(({ status }) => status);
const asked = async () =>
  ((await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }))).actionExecutionDetails ?? []).filter(
    ({ actionName }) => actionName === "Ask",
  );

describe("a pipeline that is changed while it runs", () => {
  it("cancels what is under way, and what waits, and runs by its new structure from then on", async () => {
    await client.send(new CreatePipelineCommand(declared(stagesOf([approvalOf("Ask")]), v2("QUEUED"))));
    await tokenOf(client, "Ask");
    await client.send(new StartPipelineExecutionCommand({ name: "app" }));
    events.length = 0;
    await update(stagesOf([approvalOf("Ask"), approvalOf("Other")]), v2("QUEUED"));
    expect(await statuses()).toEqual(["Cancelled", "Cancelled"]);
    await until(async () => ((await asked())[0]?.status === "Abandoned" ? true : undefined));
    const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: "app" }));
    expect(stageStates[1]?.latestExecution?.status).toBe("Cancelled");
    await cloud.tasks.idle();
    const told = events.filter(({ detail }) => detail["state"] === "CANCELED").map(({ detailType }) => detailType);
    expect(new Set(told)).toEqual(
      new Set([
        "CodePipeline Pipeline Execution State Change",
        "CodePipeline Stage Execution State Change",
        "CodePipeline Action Execution State Change",
      ]),
    );
    const endings = events
      .filter(({ detailType }) => detailType === "Execution Ended")
      .map(({ detail }) => detail["lines"]);
    expect(endings).toHaveLength(2);
    for (const ending of endings) {
      expect(ending).toEqual([
        expect.stringMatching(/^ {2}Cancelled after \d+\.\d s: the pipeline was changed, /),
        expect.stringMatching(/^ {2}http\S+\/pipelines\/app/),
      ]);
    }
    await client.send(new StartPipelineExecutionCommand({ name: "app" }));
    await tokenOf(client, "Other");
  });

  it("goes on where each run has a structure of its own, and where its structure is as it was", async () => {
    await client.send(new CreatePipelineCommand(declared(stagesOf([approvalOf("Ask")]), v2("PARALLEL"))));
    await tokenOf(client, "Ask");
    await update(stagesOf([approvalOf("Other")]), v2("PARALLEL"));
    expect(await statuses()).toEqual(["InProgress"]);
    expect((await asked())[0]?.status).toBe("InProgress");
    await update(stagesOf([approvalOf("Other")]), v2("QUEUED"));
    await client.send(new StartPipelineExecutionCommand({ name: "app" }));
    await tokenOf(client, "Other");
    await update(stagesOf([approvalOf("Other")]), { ...v2("QUEUED"), variables: [{ name: "v", defaultValue: "1" }] });
    expect(await statuses()).toEqual(["InProgress", "InProgress"]);
  });
});
