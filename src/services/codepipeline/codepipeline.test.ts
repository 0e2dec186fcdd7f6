import {
  type CodePipelineClient,
  CreatePipelineCommand,
  DeletePipelineCommand,
  DisableStageTransitionCommand,
  EnableStageTransitionCommand,
  GetPipelineCommand,
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelinesCommand,
  ListTagsForResourceCommand,
  PutApprovalResultCommand,
  RetryStageExecutionCommand,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
  TagResourceCommand,
  UpdatePipelineCommand,
} from "@aws-sdk/client-codepipeline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../test/harness.ts";
import type { CloudEvent } from "../../kernel/events.ts";
import {
  type Action,
  approvalOf,
  declared,
  executionsOf,
  pipelineCloud,
  source,
  stagesOf,
  tokenOf,
  until,
} from "./testPipeline.ts";

let cloud: TestCloud;
let client: CodePipelineClient;
let events: CloudEvent[];

beforeEach(async () => {
  ({ cloud, client, events } = await pipelineCloud());
});
afterEach(() => cloud[Symbol.asyncDispose]());

const create = (...input: Parameters<typeof declared>) => client.send(new CreatePipelineCommand(declared(...input)));
const start = async () =>
  (await client.send(new StartPipelineExecutionCommand({ name: "app" }))).pipelineExecutionId ?? "";
const statuses = async () => (await executionsOf(client)).map(({ status }) => status);
const statusesAre = (...wanted: string[]) =>
  until(async () => ((await statuses()).join() === wanted.join() ? true : undefined));
const answer = async (action: string, status: "Approved" | "Rejected" = "Approved", stageName = "Stage1") =>
  client.send(
    new PutApprovalResultCommand({
      pipelineName: "app",
      stageName,
      actionName: action,
      token: await tokenOf(client, action),
      result: { status, summary: "because" },
    }),
  );
const state = async (stage: string) =>
  (await client.send(new GetPipelineStateCommand({ name: "app" }))).stageStates?.find(
    ({ stageName }) => stageName === stage,
  );

describe("a pipeline", () => {
  it("is created, runs at once, is shown, changed, listed, tagged and deleted", async () => {
    const { pipeline } = await create(stagesOf([approvalOf("Ask")]));
    expect(pipeline).toMatchObject({ version: 1, executionMode: "SUPERSEDED", pipelineType: "V1" });
    await answer("Ask");
    await statusesAre("Succeeded");
    await client.send(new UpdatePipelineCommand(declared(stagesOf([approvalOf("Other")])) as never));
    const now = await client.send(new GetPipelineCommand({ name: "app" }));
    expect(now.pipeline).toMatchObject({ version: 2, stages: [{}, { actions: [{ name: "Other", runOrder: 1 }] }] });
    expect(now.metadata?.pipelineArn).toBe("arn:aws:codepipeline:us-east-1:123456789012:app");
    const first = await client.send(new GetPipelineCommand({ name: "app", version: 1 }));
    expect(first.pipeline?.stages?.[1]?.actions?.[0]?.name).toBe("Ask");
    expect((await client.send(new ListPipelinesCommand({}))).pipelines).toMatchObject([{ name: "app", version: 2 }]);
    const resourceArn = now.metadata?.pipelineArn ?? "";
    await client.send(new TagResourceCommand({ resourceArn, tags: [{ key: "a", value: "b" }] }));
    expect((await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual([
      { key: "a", value: "b" },
    ]);
    await client.send(new DeletePipelineCommand({ name: "app" }));
    await expect(client.send(new GetPipelineCommand({ name: "app" }))).rejects.toMatchObject({
      name: "PipelineNotFoundException",
      message: "Account '123456789012' does not have a pipeline with name 'app'",
    });
  });

  const build: Action = {
    name: "Build",
    actionTypeId: { category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" },
    configuration: { ProjectName: "p" },
    inputArtifacts: [{ name: "App" }],
  };
  const of = (action: Partial<Action>) => stagesOf([{ ...build, ...action }]);
  it.each([
    [
      "one stage",
      stagesOf(),
      "InvalidStructureException",
      "Pipeline has only 1 stage(s). There should be a minimum of 2 stages",
    ],
    [
      "no source first",
      stagesOf([build]).reverse(),
      "InvalidStructureException",
      "should start with a stage that only contains source",
    ],
    [
      "a source later",
      stagesOf([{ ...source, outputArtifacts: [{ name: "B" }] }]),
      "InvalidStructureException",
      "Only the first stage",
    ],
    ["the same stage twice", [...of({}), ...of({}).slice(1)], "InvalidStructureException", "Stage name must be unique"],
    [
      "an artifact nobody makes",
      of({ inputArtifacts: [{ name: "None" }] }),
      "InvalidActionDeclarationException",
      "Input Artifact Bundle None in action Build is not declared",
    ],
    [
      "an artifact made twice",
      of({ outputArtifacts: [{ name: "App" }] }),
      "InvalidActionDeclarationException",
      "App has been used more than once",
    ],
    [
      "too few inputs",
      of({ inputArtifacts: [] }),
      "InvalidActionDeclarationException",
      "Action Build declares 0 input artifacts which is less than the minimum count (1)",
    ],
    [
      "no project",
      of({ configuration: {} }),
      "InvalidActionDeclarationException",
      "Action configuration for action 'Build' is missing required configuration 'ProjectName'",
    ],
    [
      "an unknown member",
      of({ configuration: { ProjectName: "p", X: "y" } }),
      "InvalidActionDeclarationException",
      "contains unknown configuration 'X'",
    ],
    [
      "an unknown provider",
      of({ actionTypeId: { category: "Build", owner: "AWS", provider: "Foo", version: "1" } }),
      "InvalidActionDeclarationException",
      "ActionType (Category: 'Build', Provider: 'Foo', Owner: 'AWS', Version: '1') in action 'Build' is not available in region US_EAST_1",
    ],
    [
      "a provider that is not built",
      of({ actionTypeId: { category: "Deploy", owner: "AWS", provider: "ECS", version: "1" } }),
      "NotImplemented",
      "the action provider ECS",
    ],
    [
      "a namespace twice",
      of({ namespace: "Src" }),
      "InvalidActionDeclarationException",
      "Namespaces must be unique across the pipeline definition. The following occur more than once in the pipeline. StageName=[Stage1], ActionName=[Build], Namespace=[Src]",
    ],
    [
      "a variable of no namespace",
      of({ configuration: { ProjectName: "#{Nobody.Name}" } }),
      "InvalidActionDeclarationException",
      "referencing a namespace that does not exist. StageName=[Stage1], ActionName=[Build], ActionConfigurationKey=[ProjectName], VariableReferenceText=[Nobody.Name]",
    ],
  ])("is refused with %s", async (_name, stages, name, message) => {
    await expect(create(stages)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
    expect((await client.send(new ListPipelinesCommand({}))).pipelines).toEqual([]);
  });

  it("is refused with a role that does not trust it, and with a name that is taken", async () => {
    const roleArn = "arn:aws:iam::123456789012:role/none";
    await expect(create(of({}), { roleArn })).rejects.toMatchObject({
      name: "InvalidStructureException",
      message: `CodePipeline is not authorized to perform AssumeRole on role ${roleArn}`,
    });
    await create(stagesOf([approvalOf("Ask")]));
    await expect(create(stagesOf([approvalOf("Ask")]))).rejects.toMatchObject({
      name: "PipelineNameInUseException",
      message: "A pipeline with the name 'app' already exists in account '123456789012'",
    });
  });

  it("takes no tags of AWS's own, and no more than fifty", async () => {
    await create(stagesOf([approvalOf("Ask")]));
    const resourceArn = "arn:aws:codepipeline:us-east-1:123456789012:app";
    const tag = (...keys: string[]) =>
      client.send(new TagResourceCommand({ resourceArn, tags: keys.map((key) => ({ key, value: "" })) }));
    await expect(tag("aws:mine")).rejects.toMatchObject({
      name: "InvalidTagsException",
      message: expect.stringContaining("Not allowed to modify system tags."),
    });
    await tag("one");
    await expect(tag(...Array.from({ length: 50 }, (_each, place) => `k${place}`))).rejects.toMatchObject({
      name: "TooManyTagsException",
      message: `Tag limit exceeded for resource [${resourceArn}].`,
    });
    const message = "The account with id '123456789012' does not include a pipeline with the name 'none'";
    await expect(
      client.send(new ListTagsForResourceCommand({ resourceArn: resourceArn.replace(/app$/, "none") })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException", message });
    const wished = declared(stagesOf([approvalOf("Ask")]), { name: "none" });
    await expect(client.send(new UpdatePipelineCommand(wished as never))).rejects.toMatchObject({ message });
  });
});

describe("an execution", () => {
  it("shows its revisions, artifacts, variables and events", async () => {
    const CustomData = "version #{Src.VersionId} of #{Src.ObjectKey} in #{codepipeline.PipelineExecutionId}";
    await create(stagesOf([approvalOf("Ask", { configuration: { CustomData } })]));
    await answer("Ask");
    await statusesAre("Succeeded");
    await cloud.tasks.idle();
    const { actionExecutionDetails: actions = [] } = await client.send(
      new ListActionExecutionsCommand({ pipelineName: "app" }),
    );
    expect(actions.map(({ actionName, status }) => [actionName, status])).toEqual([
      ["Ask", "Succeeded"],
      ["Source", "Succeeded"],
    ]);
    const [ask, taken] = actions;
    const version = taken?.output?.outputVariables?.["VersionId"];
    expect(ask?.input?.resolvedConfiguration?.["CustomData"]).toBe(
      `version ${version} of app.zip in ${ask?.pipelineExecutionId}`,
    );
    expect(ask?.output?.executionResult?.externalExecutionSummary).toBe("because");
    expect(taken?.output?.outputArtifacts).toMatchObject([
      { name: "App", s3location: { bucket: "artifacts", key: expect.stringMatching(/^app\/App\/\w{7}$/) } },
    ]);
    const { pipelineExecution } = await client.send(
      new GetPipelineExecutionCommand({ pipelineName: "app", pipelineExecutionId: ask?.pipelineExecutionId }),
    );
    expect(pipelineExecution).toMatchObject({
      status: "Succeeded",
      trigger: { triggerType: "CreatePipeline" },
      artifactRevisions: [{ name: "App", revisionId: version }],
    });
    const own = events.filter(({ source: from }) => from === "aws.codepipeline");
    expect(own.map(({ detailType, detail }) => `${detailType.split(" ")[1]} ${detail["state"]}`)).toEqual([
      "Pipeline STARTED",
      "Stage STARTED",
      "Action STARTED",
      "Action SUCCEEDED",
      "Stage SUCCEEDED",
      "Stage STARTED",
      "Action STARTED",
      "Action SUCCEEDED",
      "Stage SUCCEEDED",
      "Pipeline SUCCEEDED",
    ]);
  });

  it("fails by a rejection, is retried in the same execution, and fails when nobody answers for a week", async () => {
    await create(stagesOf([approvalOf("Ask")]));
    await answer("Ask", "Rejected");
    await statusesAre("Failed");
    const failed = (await state("Stage1"))?.latestExecution;
    expect(failed?.status).toBe("Failed");
    await until(async () => events.find(({ detail }) => detail["failure"]) && true);
    expect(events.find(({ detail }) => detail["failure"])).toMatchObject({
      detailType: "CodePipeline Pipeline Execution State Change",
      detail: {
        state: "FAILED",
        "pipeline-execution-attempt": 1,
        failure: {
          stage: "Stage1",
          action: "Ask",
          cause: "because",
          link: expect.stringContaining("/_aloft/console/#/pipelines/app"),
        },
      },
    });
    const retry = { pipelineName: "app", pipelineExecutionId: failed?.pipelineExecutionId };
    await expect(
      client.send(new RetryStageExecutionCommand({ ...retry, stageName: "Source", retryMode: "FAILED_ACTIONS" })),
    ).rejects.toMatchObject({ name: "StageNotRetryableException" });
    await client.send(new RetryStageExecutionCommand({ ...retry, stageName: "Stage1", retryMode: "FAILED_ACTIONS" }));
    await tokenOf(client, "Ask");
    cloud.clock.advance(7 * 86_400_000);
    await statusesAre("Failed");
    expect((await state("Stage1"))?.actionStates?.[0]?.latestExecution?.errorDetails?.message).toBe(
      "Approval has expired",
    );
  });

  it("is refused a wrong token and a second answer", async () => {
    await create(stagesOf([approvalOf("Ask"), approvalOf("Also")]));
    const wrong = {
      pipelineName: "app",
      stageName: "Stage1",
      actionName: "Ask",
      result: { status: "Approved", summary: "" },
    } as const;
    await tokenOf(client, "Ask");
    await expect(
      client.send(new PutApprovalResultCommand({ ...wrong, token: "00000000-0000-0000-0000-000000000000" })),
    ).rejects.toMatchObject({ name: "InvalidApprovalTokenException" });
    const token = await tokenOf(client, "Ask");
    await answer("Ask");
    await expect(client.send(new PutApprovalResultCommand({ ...wrong, token }))).rejects.toMatchObject({
      name: "ApprovalAlreadyCompletedException",
    });
  });

  it("is stopped: waiting for its actions, or abandoning them", async () => {
    await create(stagesOf([approvalOf("Ask")], [approvalOf("Later")]));
    await tokenOf(client, "Ask");
    const first = (await state("Stage1"))?.latestExecution?.pipelineExecutionId;
    const stop = { pipelineName: "app", pipelineExecutionId: first, reason: "enough" };
    await client.send(new StopPipelineExecutionCommand(stop));
    expect(await statuses()).toEqual(["Stopping"]);
    await expect(client.send(new StopPipelineExecutionCommand(stop))).rejects.toMatchObject({
      name: "DuplicatedStopRequestException",
    });
    await answer("Ask");
    await statusesAre("Stopped");
    await start();
    await tokenOf(client, "Ask");
    const second = (await state("Stage1"))?.latestExecution?.pipelineExecutionId;
    await client.send(new StopPipelineExecutionCommand({ ...stop, pipelineExecutionId: second, abandon: true }));
    await statusesAre("Stopped", "Stopped");
    expect((await state("Stage1"))?.actionStates?.[0]?.latestExecution?.status).toBe("Abandoned");
    await expect(
      client.send(new StopPipelineExecutionCommand({ ...stop, pipelineExecutionId: second })),
    ).rejects.toMatchObject({ name: "PipelineExecutionNotStoppableException" });
  });
});

describe("executions beside each other", () => {
  const v2 = (executionMode: "QUEUED" | "SUPERSEDED" | "PARALLEL") => ({ pipelineType: "V2", executionMode }) as const;

  it("supersede each other before a stage that is taken", async () => {
    await create(stagesOf([approvalOf("Ask")]));
    await tokenOf(client, "Ask");
    await start();
    await statusesAre("InProgress", "InProgress");
    await until(async () => ((await state("Stage1"))?.inboundExecution ? true : undefined));
    await start();
    await statusesAre("InProgress", "Superseded", "InProgress");
    await answer("Ask");
    await statusesAre("InProgress", "Superseded", "Succeeded");
  });

  it("queue, each in its turn", async () => {
    await create(stagesOf([approvalOf("Ask")]), v2("QUEUED"));
    const before = await tokenOf(client, "Ask");
    const second = await start();
    await start();
    await until(async () => ((await state("Stage1"))?.inboundExecutions?.length === 2 ? true : undefined));
    await answer("Ask");
    await statusesAre("InProgress", "InProgress", "Succeeded");
    await until(async () => ((await tokenOf(client, "Ask")) !== before ? true : undefined));
    expect((await state("Stage1"))?.latestExecution?.pipelineExecutionId).toBe(second);
    await answer("Ask");
    await statusesAre("InProgress", "Succeeded", "Succeeded");
  });

  it("run in parallel", async () => {
    await create(stagesOf([approvalOf("Ask")]), v2("PARALLEL"));
    await start();
    const asked = async () =>
      (
        (await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }))).actionExecutionDetails ?? []
      ).filter(({ actionName, status }) => actionName === "Ask" && status === "InProgress");
    await until(async () => ((await asked()).length === 2 ? true : undefined));
  });

  it("wait before a closed transition", async () => {
    await create(stagesOf([approvalOf("Ask")], [approvalOf("Later")]));
    const transition = { pipelineName: "app", stageName: "Stage2", transitionType: "Inbound" } as const;
    await client.send(new DisableStageTransitionCommand({ ...transition, reason: "freeze" }));
    await answer("Ask");
    await until(async () => ((await state("Stage2"))?.inboundExecution ? true : undefined));
    expect((await state("Stage2"))?.inboundTransitionState).toMatchObject({ enabled: false, disabledReason: "freeze" });
    await client.send(new EnableStageTransitionCommand(transition));
    await answer("Later", "Approved", "Stage2");
    await statusesAre("Succeeded");
  });
});
