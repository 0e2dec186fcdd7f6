import {
  type CodePipelineClient,
  CreatePipelineCommand,
  type CreatePipelineCommandInput,
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  ListPipelineExecutionsCommand,
  ListRuleExecutionsCommand,
  ListRuleTypesCommand,
  OverrideStageConditionCommand,
  PutApprovalResultCommand,
  RollbackStageCommand,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../test/harness.ts";
import { approvalOf, declared, executionsOf, pipelineCloud, source, tokenOf, until } from "./testPipeline.ts";

type Stage = NonNullable<NonNullable<CreatePipelineCommandInput["pipeline"]>["stages"]>[number];
type Conditions = Pick<Stage, "beforeEntry" | "onSuccess" | "onFailure">;

let cloud: TestCloud;
let client: CodePipelineClient;

beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud());
});
afterEach(() => cloud[Symbol.asyncDispose]());

const rule = (provider: string, configuration: Record<string, string>, name: string = provider) => ({
  name,
  ruleTypeId: { category: "Rule", owner: "AWS", provider, version: "1" } as const,
  configuration,
});
/** Met when the pipeline's variable `Go` is `yes`. */
const goes = rule("VariableCheck", { Variable: "#{variables.Go}", Operator: "EQ", Value: "yes" });
const condition = (result: "FAIL" | "ROLLBACK" | "RETRY" | "SKIP", ...rules: ReturnType<typeof rule>[]) => ({
  conditions: [{ result, rules }],
});

const create = (conditions: Conditions, go = "no", more: Stage[] = []) =>
  client.send(
    new CreatePipelineCommand(
      declared(
        [
          { name: "Source", actions: [source] },
          { name: "Stage1", actions: [approvalOf("Ask")], ...conditions },
          ...more,
        ],
        { pipelineType: "V2", executionMode: "QUEUED", variables: [{ name: "Go", defaultValue: go }] },
      ),
    ),
  );
const start = async (go: string) =>
  (await client.send(new StartPipelineExecutionCommand({ name: "app", variables: [{ name: "Go", value: go }] })))
    .pipelineExecutionId ?? "";
const summaries = () => executionsOf(client);
const statusesAre = (...wanted: string[]) =>
  until(async () => ((await summaries()).map(({ status }) => status).join() === wanted.join() ? true : undefined));
const answer = async (status: "Approved" | "Rejected" = "Approved") =>
  client.send(
    new PutApprovalResultCommand({
      pipelineName: "app",
      stageName: "Stage1",
      actionName: "Ask",
      token: await tokenOf(client, "Ask"),
      result: { status, summary: "because" },
    }),
  );
const stage = async (name = "Stage1") =>
  (await client.send(new GetPipelineStateCommand({ name: "app" }))).stageStates?.find(
    (each) => each.stageName === name,
  );
const rules = async () =>
  (await client.send(new ListRuleExecutionsCommand({ pipelineName: "app" }))).ruleExecutionDetails ?? [];

describe("an entry condition", () => {
  it("fails the stage, says why, and lets it in when it is overridden", async () => {
    await create({ beforeEntry: condition("FAIL", goes) });
    await statusesAre("Failed");
    const failed = await stage();
    expect(failed).toMatchObject({
      latestExecution: { status: "Failed", type: "STANDARD" },
      beforeEntryConditionState: {
        latestExecution: { status: "Failed" },
        conditionStates: [
          {
            latestExecution: { status: "Failed" },
            ruleStates: [{ ruleName: "VariableCheck", latestExecution: { status: "Failed" } }],
          },
        ],
      },
    });
    expect(await rules()).toMatchObject([
      {
        ruleName: "VariableCheck",
        stageName: "Stage1",
        status: "Failed",
        input: { resolvedConfiguration: { Variable: "no" }, ruleTypeId: { provider: "VariableCheck" } },
        output: {
          executionResult: { errorDetails: { message: "The variable's value 'no' does not satisfy EQ 'yes'" } },
        },
      },
    ]);
    const override = {
      pipelineName: "app",
      stageName: "Stage1",
      pipelineExecutionId: failed?.latestExecution?.pipelineExecutionId,
    };
    await expect(
      client.send(new OverrideStageConditionCommand({ ...override, conditionType: "ON_SUCCESS" })),
    ).rejects.toMatchObject({ name: "ConditionNotOverridableException" });
    await client.send(new OverrideStageConditionCommand({ ...override, conditionType: "BEFORE_ENTRY" }));
    await answer();
    await statusesAre("Succeeded");
    expect((await stage())?.beforeEntryConditionState?.latestExecution?.status).toBe("Overridden");
  });

  it("skips the stage", async () => {
    await create({ beforeEntry: condition("SKIP", goes) }, "no", [{ name: "Last", actions: [approvalOf("Later")] }]);
    await tokenOf(client, "Later");
    expect((await stage())?.latestExecution?.status).toBe("Skipped");
    const succeeded = await client.send(
      new ListPipelineExecutionsCommand({ pipelineName: "app", filter: { succeededInStage: { stageName: "Stage1" } } }),
    );
    expect(succeeded.pipelineExecutionSummaries).toEqual([]);
  });

  it("lets the run in when its rules are met, each beside the other", async () => {
    const matches = rule("VariableCheck", { Variable: "#{Src.ObjectKey}", Operator: "MATCHES", Value: "app.+" }, "m");
    await create({ beforeEntry: condition("FAIL", goes, matches) }, "yes");
    await answer();
    await statusesAre("Succeeded");
    expect((await rules()).map(({ status }) => status)).toEqual(["Succeeded", "Succeeded"]);
  });

  it("waits for a deployment window, or for somebody who overrides it", async () => {
    // The clock stands at midnight of the first of January 2026, a Thursday.
    const window = rule("DeploymentWindow", { Cron: "0/1 * 9-17 ? * FRI *", TimeZone: "UTC" });
    await create({ beforeEntry: condition("FAIL", window) });
    await until(async () => ((await rules())[0]?.status === "InProgress" ? true : undefined));
    const waiting = await stage();
    expect(waiting?.beforeEntryConditionState?.latestExecution?.status).toBe("InProgress");
    await client.send(
      new OverrideStageConditionCommand({
        pipelineName: "app",
        stageName: "Stage1",
        pipelineExecutionId: waiting?.latestExecution?.pipelineExecutionId,
        conditionType: "BEFORE_ENTRY",
      }),
    );
    await answer();
    await statusesAre("Succeeded");
    expect((await rules())[0]?.status).toBe("Abandoned");
    await start("no");
    await until(async () => ((await rules())[0]?.status === "InProgress" ? true : undefined));
    cloud.clock.advance(33 * 3_600_000);
    await answer();
    await statusesAre("Succeeded", "Succeeded");
  });
});

describe("a stage that fails", () => {
  it("is tried again by itself, once", async () => {
    await create({ onFailure: { result: "RETRY", retryConfiguration: { retryMode: "ALL_ACTIONS" } } });
    const first = await tokenOf(client, "Ask");
    await answer("Rejected");
    await until(async () => ((await tokenOf(client, "Ask")) !== first ? true : undefined));
    expect((await stage())?.retryStageMetadata).toEqual({
      autoStageRetryAttempt: 1,
      manualStageRetryAttempt: 0,
      latestRetryTrigger: "AutomatedStageRetry",
    });
    await answer("Rejected");
    await statusesAre("Failed");
  });

  it("is brought back to the last run that succeeded there", async () => {
    await create({ onFailure: { result: "ROLLBACK" } });
    await answer();
    await statusesAre("Succeeded");
    const good = (await summaries())[0]?.pipelineExecutionId;
    const bad = await start("no");
    await answer("Rejected");
    await statusesAre("InProgress", "Failed", "Succeeded");
    const [rollback] = await summaries();
    expect(rollback).toMatchObject({
      executionType: "ROLLBACK",
      rollbackMetadata: { rollbackTargetPipelineExecutionId: good },
      trigger: {
        triggerType: "AutomatedRollback",
        triggerDetail: JSON.stringify({ FailedPipelineExecutionId: bad }),
      },
    });
    await answer();
    await statusesAre("Succeeded", "Failed", "Succeeded");
    expect((await stage())?.latestExecution).toMatchObject({ status: "Succeeded", type: "ROLLBACK" });
    expect((await stage("Source"))?.latestExecution?.pipelineExecutionId).toBe(bad);
  });

  it("stays failed where no run has succeeded", async () => {
    await create({ onFailure: condition("ROLLBACK", goes) });
    await answer("Rejected");
    await statusesAre("Failed");
    expect((await stage())?.onFailureConditionState?.latestExecution?.status).toBe("Failed");
  });
});

describe("a stage that succeeded", () => {
  it("fails by its condition of success, and passes when that is overridden", async () => {
    await create({ onSuccess: condition("FAIL", goes) });
    await answer();
    await statusesAre("Failed");
    const pipelineExecutionId = (await stage())?.latestExecution?.pipelineExecutionId;
    await client.send(
      new OverrideStageConditionCommand({
        pipelineName: "app",
        stageName: "Stage1",
        pipelineExecutionId,
        conditionType: "ON_SUCCESS",
      }),
    );
    await statusesAre("Succeeded");
    expect(await stage()).toMatchObject({
      latestExecution: { status: "Succeeded" },
      onSuccessConditionState: { latestExecution: { status: "Overridden" } },
    });
  });

  it("is rolled back by hand, to what is possible", async () => {
    await create({});
    await answer();
    await statusesAre("Succeeded");
    const target = (await summaries())[0]?.pipelineExecutionId;
    const rollback = { pipelineName: "app", stageName: "Stage1", targetPipelineExecutionId: target };
    await expect(client.send(new RollbackStageCommand({ ...rollback, stageName: "Source" }))).rejects.toMatchObject({
      name: "UnableToRollbackStageException",
    });
    await expect(client.send(new RollbackStageCommand({ ...rollback, stageName: "None" }))).rejects.toMatchObject({
      name: "StageNotFoundException",
    });
    const { pipelineExecutionId } = await client.send(new RollbackStageCommand(rollback));
    await tokenOf(client, "Ask");
    await expect(client.send(new RollbackStageCommand(rollback))).rejects.toMatchObject({
      name: "UnableToRollbackStageException",
      message: "Stage Stage1 is in progress and cannot be rolled back",
    });
    await answer();
    await statusesAre("Succeeded", "Succeeded");
    const { pipelineExecution } = await client.send(
      new GetPipelineExecutionCommand({ pipelineName: "app", pipelineExecutionId }),
    );
    expect(pipelineExecution).toMatchObject({
      executionType: "ROLLBACK",
      trigger: { triggerType: "ManualRollback" },
      artifactRevisions: [{ name: "App" }],
    });
    await expect(
      client.send(new RollbackStageCommand({ ...rollback, targetPipelineExecutionId: pipelineExecutionId })),
    ).rejects.toMatchObject({ name: "UnableToRollbackStageException" });
  });
});

describe("conditions that cannot be", () => {
  const unknown = rule("VariableCheck", { Variable: "a", Operator: "EQ", Value: "b", X: "y" });
  it.each<[string, Conditions, string]>([
    ["a result of another kind", { beforeEntry: condition("ROLLBACK", goes) }, "has the result ROLLBACK"],
    ["a rule that AWS has not", { onSuccess: condition("FAIL", rule("Foo", {})) }, "RuleType (Category: 'Rule'"],
    [
      "a member missing",
      { onSuccess: condition("FAIL", rule("DeploymentWindow", {})) },
      "missing required configuration 'Cron'",
    ],
    ["an unknown member", { onSuccess: condition("FAIL", unknown) }, "contains unknown configuration 'X'"],
    ["the same rule twice", { onSuccess: condition("FAIL", goes, goes) }, "has been used more than once"],
    [
      "a retry configuration for nothing",
      { onFailure: { result: "ROLLBACK", retryConfiguration: { retryMode: "ALL_ACTIONS" } } },
      "does not have the result RETRY",
    ],
  ])("are refused: %s", async (_name, conditions, message) => {
    await expect(create(conditions)).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  it("are refused in a pipeline of type V1", async () => {
    const stages = [
      { name: "Source", actions: [source] },
      { name: "Stage1", actions: [approvalOf("Ask")], onFailure: { result: "ROLLBACK" as const } },
    ];
    await expect(client.send(new CreatePipelineCommand(declared(stages)))).rejects.toMatchObject({
      name: "InvalidStructureException",
      message: "Stage Stage1 has conditions, which are supported for pipelines of type V2 only",
    });
  });

  it("are refused where runs go beside each other and one would be brought back", async () => {
    const stages = [
      { name: "Source", actions: [source] },
      { name: "Stage1", actions: [approvalOf("Ask")], onFailure: { result: "ROLLBACK" as const } },
    ];
    const parallel = declared(stages, { pipelineType: "V2", executionMode: "PARALLEL" });
    await expect(client.send(new CreatePipelineCommand(parallel))).rejects.toMatchObject({
      name: "InvalidStructureException",
      message: "Stage Stage1 cannot be rolled back: the execution mode of the pipeline is PARALLEL",
    });
  });

  it("come of rule types that are listed", async () => {
    const { ruleTypes = [] } = await client.send(new ListRuleTypesCommand({}));
    expect(ruleTypes.map(({ id }) => id?.provider)).toEqual([
      "CloudWatchAlarm",
      "CodeBuild",
      "Commands",
      "DeploymentWindow",
      "LambdaInvoke",
      "VariableCheck",
    ]);
  });
});
