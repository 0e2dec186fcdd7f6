import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import {
  AcknowledgeJobCommand,
  CodePipelineClient,
  CreateCustomActionTypeCommand,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  ListRuleExecutionsCommand,
  type PipelineExecutionSummary,
  PollForJobsCommand,
  PutApprovalResultCommand,
  PutJobSuccessResultCommand,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { zipOf } from "../../src/services/codepipeline/artifacts.ts";
import {
  type Action,
  approvalOf,
  declared,
  makeGround,
  source,
  stagesOf,
} from "../../src/services/codepipeline/testPipeline.ts";
import { serviceRole } from "../serviceRole.ts";
import { createDice } from "./dice.ts";
import { createWorld, type World } from "./world.ts";

const FIRST = Number(process.env["ALOFT_SIMULATION_SEED"] ?? 1);
const HISTORIES = Number(process.env["ALOFT_SIMULATION_HISTORIES"] ?? (process.env["ALOFT_SIMULATION_SEED"] ? 1 : 3));
const seeds = Array.from({ length: HISTORIES }, (_, n) => FIRST + n);
const CRASHES_PER_HISTORY = 8;
const LIMIT_MS = 120_000;
const STEP_MS = 200;
const MAX_STEPS = 2000;
const RUNS = 3;

const copyTo = (name: string): Action => ({
  name,
  runOrder: 1,
  actionTypeId: { category: "Deploy", owner: "AWS", provider: "S3", version: "1" },
  configuration: { BucketName: "target", Extract: "false", ObjectKey: name },
  inputArtifacts: [{ name: "App" }],
});

const DEPLOY_ROLE = "arn:aws:iam::123456789012:role/deploy";
const TEMPLATE = "Resources: { Topic: { Type: AWS::SNS::Topic } }";

const stack: Action = {
  name: "stack",
  actionTypeId: { category: "Deploy", owner: "AWS", provider: "CloudFormation", version: "1" },
  configuration: { ActionMode: "CREATE_UPDATE", StackName: "app", TemplatePath: "App::app.yml", RoleArn: DEPLOY_ROLE },
  inputArtifacts: [{ name: "App" }],
};
const CUSTOM = { category: "Test", owner: "Custom", provider: "Worker", version: "1" } as const;
const quiet: Action = { ...source, configuration: { ...source.configuration, PollForSourceChanges: "false" } };

const client = (world: World) => world.cloud().client(CodePipelineClient);

/** A condition whose one rule is met. */
const met = (name: string) => ({
  conditions: [
    {
      result: "FAIL" as const,
      rules: [
        {
          name,
          ruleTypeId: { category: "Rule", owner: "AWS", provider: "VariableCheck", version: "1" } as const,
          configuration: { Variable: "#{Src.ObjectKey}", Operator: "EQ", Value: "app.zip" },
        },
      ],
    },
  ],
});

/**
 * A pipeline with actions of every kind that runs within the cloud: copies beside each other, a stack, a person's approval,
 * a worker's job, and conditions before and after. Its first run begins with it.
 */
const build = async (world: World): Promise<void> => {
  await makeGround(world.cloud(), ["*"]);
  await serviceRole(world.cloud().client(IAMClient), "deploy", "cloudformation", "sns:*");
  const s3 = world.cloud().client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "target" }));
  await s3.send(new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body: await zipOf("app.yml", TEMPLATE) }));
  const { category, provider, version } = CUSTOM;
  const bounds = { minimumCount: 0, maximumCount: 1 };
  await client(world).send(
    new CreateCustomActionTypeCommand({
      category,
      provider,
      version,
      inputArtifactDetails: bounds,
      outputArtifactDetails: bounds,
    }),
  );
  const [, first, second] = stagesOf(
    [copyTo("one"), copyTo("two"), stack],
    [approvalOf("ask"), { name: "work", runOrder: 2, actionTypeId: CUSTOM }, { ...copyTo("three"), runOrder: 3 }],
  );
  const stages = [
    { name: "Source", actions: [quiet] },
    { ...first, onFailure: { result: "RETRY", retryConfiguration: { retryMode: "FAILED_ACTIONS" } } },
    { ...second, beforeEntry: met("before"), onSuccess: met("after") },
  ];
  await client(world).send(
    new CreatePipelineCommand(declared(stages as never, { pipelineType: "V2", executionMode: "QUEUED" })),
  );
};

/** A person who approves, and a worker who does jobs; each asks again when the process was killed under an answer. */
const serve = async (world: World, jobs: Map<string, string>): Promise<void> => {
  try {
    await approve(client(world));
    await work(client(world), jobs);
  } catch (error) {
    if (!world.disk().crashed()) throw error;
  }
};

const approve = async (pipeline: CodePipelineClient): Promise<void> => {
  const { stageStates = [] } = await pipeline.send(new GetPipelineStateCommand({ name: "app" }));
  for (const { actionName, latestExecution } of stageStates.flatMap(({ actionStates = [] }) => actionStates)) {
    const token = latestExecution?.token;
    if (token === undefined) continue;
    const approval = { pipelineName: "app", stageName: "Stage2", actionName, token } as const;
    await unless(/ApprovalAlreadyCompleted/, () =>
      pipeline.send(new PutApprovalResultCommand({ ...approval, result: { status: "Approved", summary: "" } })),
    );
  }
};

const work = async (pipeline: CodePipelineClient, jobs: Map<string, string>): Promise<void> => {
  const polled = await pipeline.send(new PollForJobsCommand({ actionTypeId: CUSTOM }));
  for (const { id = "", nonce = "" } of polled.jobs ?? []) jobs.set(id, nonce);
  for (const [jobId, nonce] of [...jobs])
    await unless(/InvalidJobState|JobNotFound|InvalidNonce/, async () => {
      await pipeline.send(new AcknowledgeJobCommand({ jobId, nonce }));
      await pipeline.send(new PutJobSuccessResultCommand({ jobId }));
      jobs.delete(jobId);
    });
};

/** What was answered just before a kill is refused when it is answered again. */
const unless = async (refusal: RegExp, send: () => Promise<unknown>): Promise<void> => {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof Error && refusal.test(error.name))) throw error;
  }
};

const executionsOf = async (world: World): Promise<readonly PipelineExecutionSummary[]> =>
  (await client(world).send(new ListPipelineExecutionsCommand({ pipelineName: "app" }))).pipelineExecutionSummaries ??
  [];

/** Lets time pass until no run is in progress; a process that was killed meanwhile is started again. */
const settled = async (world: World): Promise<readonly PipelineExecutionSummary[]> => {
  const jobs = new Map<string, string>();
  for (let step = 0; step < MAX_STEPS; step++) {
    if (world.disk().crashed()) await world.restart();
    const executions = await executionsOf(world);
    if (!executions.some(({ status }) => status === "InProgress" || status === "Stopping")) return executions;
    await serve(world, jobs);
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    world.clock.advance(STEP_MS);
  }
  throw new Error("a run stays in progress");
};

/** One history: the pipeline's first run, and more that are started, each acknowledged or not. */
const play = async (world: World): Promise<void> => {
  const acknowledged: string[] = [];
  for (let run = 1; run < RUNS; run++) {
    try {
      const { pipelineExecutionId = "" } = await client(world).send(new StartPipelineExecutionCommand({ name: "app" }));
      acknowledged.push(pipelineExecutionId);
    } catch (error) {
      if (!world.disk().crashed()) throw error;
    }
    await holdInvariants(world, await settled(world), acknowledged);
  }
};

const holdInvariants = async (
  world: World,
  executions: readonly PipelineExecutionSummary[],
  acknowledged: readonly string[],
): Promise<void> => {
  const ids = executions.map(({ pipelineExecutionId }) => pipelineExecutionId);
  expect(ids).toEqual(expect.arrayContaining([...acknowledged]));
  const { actionExecutionDetails = [] } = await client(world).send(
    new ListActionExecutionsCommand({ pipelineName: "app" }),
  );
  for (const { status } of actionExecutionDetails) expect(status).not.toBe("InProgress");
  const { ruleExecutionDetails = [] } = await client(world).send(
    new ListRuleExecutionsCommand({ pipelineName: "app" }),
  );
  expect(ruleExecutionDetails.map(({ status }) => status)).toEqual(
    executions.flatMap(() => ["Succeeded", "Succeeded"]),
  );
  // What no service refused goes through, whatever was killed on its way.
  for (const { status } of executions) expect(status).toBe("Succeeded");
  const s3 = world.cloud().client(S3Client);
  for (const Key of ["one", "two", "three"]) await s3.send(new HeadObjectCommand({ Bucket: "target", Key }));
  const { Stacks } = await world
    .cloud()
    .client(CloudFormationClient)
    .send(new DescribeStacksCommand({ StackName: "app" }));
  expect(Stacks?.[0]?.StackStatus).toBe("CREATE_COMPLETE");
};

const replayable = async (seed: number, what: string, history: () => Promise<void>): Promise<void> => {
  try {
    await history();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`ALOFT_SIMULATION_SEED=${seed}, ${what}: ${message}`, { cause: error });
  }
};

describe("histories of pipelines", () => {
  it.each(seeds)("of seed %i end well, with a crash between any two commits", { timeout: LIMIT_MS }, async (seed) => {
    let groundCommits = 0;
    let commits = 0;
    await replayable(seed, "no fault", async () => {
      await using world = await createWorld({ seed });
      await build(world);
      groundCommits = world.disk().commits();
      await play(world);
      commits = world.disk().commits();
    });
    const dice = createDice(seed * 104_729);
    for (let crash = 0; crash < CRASHES_PER_HISTORY; crash++) {
      const lastCommit = groundCommits + dice.below(commits - groundCommits);
      await replayable(seed, `killed after commit ${lastCommit}`, async () => {
        await using world = await createWorld({ seed, lastCommit });
        await build(world);
        await play(world);
      });
    }
  });
});
