import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type Stack,
} from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { CIPHER_KEY_BYTES } from "../../src/kernel/cipher.ts";
import { type Clock, testClock } from "../../src/kernel/clock.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import type { ServiceLoaders } from "../../src/kernel/rooms.ts";
import { openMemoryStore } from "../../src/store/memory/memoryStore.ts";
import { type TestCloud, testCloud } from "../harness.ts";
import { type CrashingStore, crashingStore } from "./crashingStore.ts";

const STEP_MS = 200;
const MAX_STEPS = 4000;

/** A cloud whose process can be killed and started again on what it had written. */
export interface World extends AsyncDisposable {
  cloud(): TestCloud;
  readonly clock: Clock;
  /** Every stack there was. */
  readonly stackIds: Set<string>;
  readonly disk: () => CrashingStore;
  /** Ends the process that was killed, and starts another on the same records. */
  restart(): Promise<void>;
  /** Lets time pass until no stack is in progress. Throws when one stays so. */
  settle(): Promise<readonly Stack[]>;
}

/** What a world may suffer: a kill after so many commits, services that refuse. */
export interface WorldOptions {
  readonly seed: number;
  readonly lastCommit?: number;
  readonly loaders?: ServiceLoaders;
}

export const createWorld = async ({ seed, lastCommit, loaders = {} }: WorldOptions): Promise<World> => {
  const kept = openMemoryStore();
  const clock = testClock();
  // One stream of ids for all processes: a seed starts it once.
  const ids = seededIds(seed);
  const root = { accessKeyId: "AKIASIMULATION", secretAccessKey: "simulated" };
  const key = ids.bytes(CIPHER_KEY_BYTES);
  const open = (process: CrashingStore) =>
    testCloud({ clock, loaders, kept: { store: process.store, ids, root, key }, expectsBugs: process.crashed });
  let disk = crashingStore(kept, lastCommit);
  let cloud = await open(disk);
  const world: World = {
    cloud: () => cloud,
    clock,
    stackIds: new Set(),
    disk: () => disk,
    restart: async () => {
      await cloud[Symbol.asyncDispose]();
      disk = crashingStore(kept);
      cloud = await open(disk);
      await cloud.resume();
    },
    settle: () => settle(world),
    [Symbol.asyncDispose]: async () => {
      await cloud[Symbol.asyncDispose]();
      await kept[Symbol.asyncDispose]();
    },
  };
  return world;
};

const settle = async (world: World): Promise<readonly Stack[]> => {
  for (let step = 0; step < MAX_STEPS; step++) {
    const { Stacks = [] } = await world.cloud().client(CloudFormationClient).send(new DescribeStacksCommand({}));
    if (!Stacks.some(({ StackStatus }) => StackStatus?.endsWith("_IN_PROGRESS"))) return Stacks;
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    world.clock.advance(STEP_MS);
  }
  throw new Error("a stack stays in progress");
};

/** Every resource that the services have, by its physical id. */
export const resourcesThatExist = async (cloud: TestCloud): Promise<readonly string[]> => {
  const [topics, groups, secrets, roles, buckets] = await Promise.all([
    cloud.client(SNSClient).send(new ListTopicsCommand({})),
    cloud.client(CloudWatchLogsClient).send(new DescribeLogGroupsCommand({})),
    cloud.client(SecretsManagerClient).send(new ListSecretsCommand({})),
    cloud.client(IAMClient).send(new ListRolesCommand({})),
    cloud.client(S3Client).send(new ListBucketsCommand({})),
  ]);
  return [
    ...(topics.Topics ?? []).map(({ TopicArn = "" }) => TopicArn),
    ...(groups.logGroups ?? []).map(({ logGroupName = "" }) => logGroupName),
    ...(secrets.SecretList ?? []).map(({ ARN = "" }) => ARN),
    ...(roles.Roles ?? []).map(({ RoleName = "" }) => RoleName),
    ...(buckets.Buckets ?? []).map(({ Name = "" }) => Name),
  ].sort();
};

/** Every resource that a stack says it has. */
export const resourcesOf = async (cloud: TestCloud, stack: Stack): Promise<readonly string[]> => {
  const client = cloud.client(CloudFormationClient);
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: stack.StackId }));
  return StackResources.filter(({ ResourceStatus }) => ResourceStatus !== "DELETE_COMPLETE")
    .flatMap(({ PhysicalResourceId }) => (PhysicalResourceId ? [PhysicalResourceId] : []))
    .sort();
};

/** What stacks could not delete while they updated: AWS leaves it where it is too, and says so in an event. */
export const leftBehind = async (cloud: TestCloud, stackIds: Iterable<string>): Promise<readonly string[]> => {
  const client = cloud.client(CloudFormationClient);
  const left: string[] = [];
  for (const StackName of stackIds) {
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
    for (const { ResourceStatus, PhysicalResourceId } of StackEvents)
      if (ResourceStatus === "DELETE_FAILED" && PhysicalResourceId) left.push(PhysicalResourceId);
  }
  return left;
};
