import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  type Stack,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { serviceLoaders } from "../../src/services.ts";
import { createDice, type Dice } from "./dice.ts";
import { type FaultPlan, failing } from "./faults.ts";
import { randomTemplate } from "./templates.ts";
import { createWorld, leftBehind, resourcesOf, resourcesThatExist, type World } from "./world.ts";

/** `ALOFT_SIMULATION_SEED=7` plays one history again; `ALOFT_SIMULATION_HISTORIES=1000` plays more of them. */
const FIRST = Number(process.env["ALOFT_SIMULATION_SEED"] ?? 1);
const HISTORIES = Number(process.env["ALOFT_SIMULATION_HISTORIES"] ?? (process.env["ALOFT_SIMULATION_SEED"] ? 1 : 4));
const seeds = Array.from({ length: HISTORIES }, (_, n) => FIRST + n);
const CRASHES_PER_HISTORY = 6;
const LIMIT_MS = 120_000;

const STACK = "simulated";
const SERVICES = ["sns", "logs", "secretsmanager", "iam", "s3"] as const;

/** One history: a stack is created, updated twice and deleted, whatever happens meanwhile. */
const play = async (world: World, dice: Dice): Promise<void> => {
  const shift = dice.below(6);
  await attempt(
    world,
    (client, TemplateBody) => client.send(new CreateStackCommand({ ...capable, TemplateBody })),
    dice,
    shift,
  );
  for (let update = 0; update < 2; update++)
    await attempt(
      world,
      (client, TemplateBody) => client.send(new UpdateStackCommand({ ...capable, TemplateBody })),
      dice,
      shift,
    );
  await attempt(world, (client) => client.send(new DeleteStackCommand({ StackName: STACK })), dice, shift);
  // What a fault or a crash has left is deleted by asking again, now that all is well.
  await attempt(world, (client) => client.send(new DeleteStackCommand({ StackName: STACK })), dice, shift);
  expect(await leftBehind(world.cloud(), world.stackIds)).toEqual(
    expect.arrayContaining([...(await resourcesThatExist(world.cloud()))]),
  );
};

const capable = { StackName: STACK, Capabilities: ["CAPABILITY_IAM" as const] };

type Step = (client: CloudFormationClient, template: string) => Promise<unknown>;

/** Takes one step, starts the process again if it was killed meanwhile, and holds the invariants once all is quiet. */
const attempt = async (world: World, step: Step, dice: Dice, shift: number): Promise<void> => {
  const template = randomTemplate(dice, shift);
  let acknowledged = true;
  try {
    await step(world.cloud().client(CloudFormationClient), template);
  } catch (error) {
    acknowledged = false;
    // A stack that is not there, or in a state that does not take the step: refused, as on AWS.
    if (!world.disk().crashed() && !(error instanceof Error && error.name === "ValidationError")) throw error;
  }
  const stacks = await settled(world);
  await holdInvariants(world, stacks, acknowledged);
};

const settled = async (world: World): Promise<readonly Stack[]> => {
  try {
    const stacks = await world.settle();
    if (!world.disk().crashed()) return stacks;
  } catch (error) {
    if (!world.disk().crashed()) throw error;
  }
  await world.restart();
  return world.settle();
};

const holdInvariants = async (world: World, stacks: readonly Stack[], acknowledged: boolean): Promise<void> => {
  for (const { StackStatus } of stacks) expect(StackStatus).not.toMatch(/_IN_PROGRESS$/);
  for (const { StackId = "" } of stacks) world.stackIds.add(StackId);
  const left = await leftBehind(world.cloud(), world.stackIds);
  const exist = await resourcesThatExist(world.cloud());
  const recorded = (await Promise.all(stacks.map((stack) => resourcesOf(world.cloud(), stack)))).flat().sort();
  const clean = stacks.every(({ StackStatus }) => !StackStatus?.endsWith("FAILED"));
  // No resource without a record; and, unless something could not be undone, no record without a resource.
  expect([...recorded, ...left]).toEqual(expect.arrayContaining([...exist]));
  if (clean) expect(exist).toEqual(expect.arrayContaining(recorded));
  if (acknowledged) await holdAcknowledged(world, stacks);
};

/** An acknowledged stack is there, by its name or, once deleted, by its id alone. */
const holdAcknowledged = async (world: World, stacks: readonly Stack[]): Promise<void> => {
  const named = stacks.filter(({ StackName }) => StackName === STACK);
  expect(named.length).toBeLessThanOrEqual(1);
  for (const { StackId } of named) {
    const client = world.cloud().client(CloudFormationClient);
    expect((await client.send(new DescribeStacksCommand({ StackName: StackId }))).Stacks).toHaveLength(1);
  }
};

/** Plays one history, and says how to play it again when it fails. */
const replayable = async (seed: number, what: string, world: World): Promise<void> => {
  try {
    await play(world, createDice(seed));
  } catch (error) {
    throw new Error(`ALOFT_SIMULATION_SEED=${seed}, ${what}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  } finally {
    await world[Symbol.asyncDispose]();
  }
};

describe("histories of stacks", () => {
  it.each(seeds)(
    "of seed %i end well without faults, and with a crash between any two commits",
    { timeout: LIMIT_MS },
    async (seed) => {
      const calm = await createWorld({ seed });
      await replayable(seed, "no fault", calm);
      const commits = calm.disk().commits();
      const dice = createDice(seed * 7919);
      for (let crash = 0; crash < CRASHES_PER_HISTORY; crash++) {
        const lastCommit = dice.below(commits);
        await replayable(seed, `killed after commit ${lastCommit}`, await createWorld({ seed, lastCommit }));
      }
    },
  );

  it.each(seeds.slice(0, 2))(
    "of seed %i end well when each call in turn is refused",
    { timeout: LIMIT_MS },
    async (seed) => {
      const count: FaultPlan = { failAt: undefined, calls: 0 };
      await replayable(
        seed,
        "no fault",
        await createWorld({ seed, loaders: failing(serviceLoaders, SERVICES, count) }),
      );
      for (let failAt = 0; failAt < count.calls; failAt++) {
        const plan: FaultPlan = { failAt, calls: 0 };
        const world = await createWorld({ seed, loaders: failing(serviceLoaders, SERVICES, plan) });
        await replayable(seed, `call ${failAt} refused`, world);
      }
    },
  );

  it("of one seed are the same each time", { timeout: LIMIT_MS }, async () => {
    const calls = async () => {
      const world = await createWorld({ seed: FIRST });
      await replayable(FIRST, "no fault", world);
      return world.disk().commits();
    };
    expect(await calls()).toBe(await calls());
  });
});
