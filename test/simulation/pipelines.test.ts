import {
  CodePipelineClient,
  CreatePipelineCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  type PipelineExecutionSummary,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { CreateBucketCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { type Action, declared, makeGround, stagesOf } from "../../src/services/codepipeline/testPipeline.ts";
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

const client = (world: World) => world.cloud().client(CodePipelineClient);

/** A pipeline with two stages, the first of two actions beside each other; its first run begins with it. */
const build = async (world: World): Promise<void> => {
  await makeGround((Client) => world.cloud().client(Client as typeof S3Client));
  await world
    .cloud()
    .client(S3Client)
    .send(new CreateBucketCommand({ Bucket: "target" }));
  const stages = stagesOf([copyTo("one"), copyTo("two")], [copyTo("three")]);
  await client(world).send(
    new CreatePipelineCommand(declared(stages, { pipelineType: "V2", executionMode: "QUEUED" })),
  );
};

const executionsOf = async (world: World): Promise<readonly PipelineExecutionSummary[]> =>
  (await client(world).send(new ListPipelineExecutionsCommand({ pipelineName: "app" }))).pipelineExecutionSummaries ??
  [];

/** Lets time pass until no run is in progress; a process that was killed meanwhile is started again. */
const settled = async (world: World): Promise<readonly PipelineExecutionSummary[]> => {
  for (let step = 0; step < MAX_STEPS; step++) {
    if (world.disk().crashed()) await world.restart();
    const executions = await executionsOf(world);
    if (!executions.some(({ status }) => status === "InProgress" || status === "Stopping")) return executions;
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
  // What no service refused goes through, whatever was killed on its way.
  for (const { status } of executions) expect(status).toBe("Succeeded");
  const s3 = world.cloud().client(S3Client);
  for (const Key of ["one", "two", "three"]) await s3.send(new HeadObjectCommand({ Bucket: "target", Key }));
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
