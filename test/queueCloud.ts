import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  CreateStackCommand,
  type CreateStackCommandInput,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from "@aws-sdk/client-cloudformation";
import { AwsError } from "../src/kernel/errors.ts";
import type { JsonObject } from "../src/kernel/json.ts";
import { defineResourceType, type ResourceType } from "../src/kernel/resource.ts";
import { cloudFormation } from "../src/services/cloudformation/service.ts";
import { type TestCloud, type TestCloudOptions, testCloud } from "./harness.ts";

/** Queues that are only names in a map, and a cloud whose stacks are made of them. */
export interface QueueWorld {
  readonly queues: Map<string, JsonObject>;
  /** Names of queues that cannot be made, changed or deleted. */
  readonly failing: Set<string>;
  /** Hears of every refusal, such as to make the next try succeed. */
  onRefusal?: () => void;
  /** Is awaited by every queue that is being made. */
  onCreate?: () => Promise<unknown>;
}

/** A queue: its name replaces, everything else changes in place, as the schema of AWS::SQS::Queue has it. */
const queueType = (world: QueueWorld): ResourceType =>
  defineResourceType<JsonObject>({
    name: "AWS::SQS::Queue",
    create: async (ctx, desired) => {
      const name = String(desired["QueueName"] ?? ctx.physicalName());
      refuse(world, name);
      await world.onCreate?.();
      if (world.queues.has(name)) throw new AwsError("QueueNameExists", `A queue named ${name} already exists`);
      world.queues.set(name, desired);
      return stateOf(name);
    },
    update: async (_ctx, { physicalId }, desired) => {
      const name = physicalId.split("/").at(-1) ?? "";
      if (Number(desired["DelaySeconds"]) > 900) {
        world.onRefusal?.();
        throw new AwsError("InvalidAttributeValue", "Invalid value for DelaySeconds");
      }
      refuse(world, name);
      world.queues.set(name, desired);
      return stateOf(name);
    },
    read: async (_ctx, physicalId) => {
      const name = physicalId.split("/").at(-1) ?? "";
      const properties = world.queues.get(name);
      return properties && { ...stateOf(name), properties };
    },
    delete: async (_ctx, { physicalId }) => {
      const name = physicalId.split("/").at(-1) ?? "";
      refuse(world, name);
      world.queues.delete(name);
    },
  });

const stateOf = (name: string) => ({
  physicalId: `https://queues/${name}`,
  attributes: { Arn: `arn:aws:sqs:us-east-1:123456789012:${name}`, QueueName: name },
});

const refuse = (world: QueueWorld, name: string): void => {
  if (!world.failing.has(name)) return;
  world.onRefusal?.();
  throw new AwsError("AccessDenied", `not allowed to touch ${name}`);
};

/** A cloud with CloudFormation over queues. */
export const queueCloud = async ({
  types: more = [],
  ...options
}: TestCloudOptions & { readonly types?: readonly ResourceType[] } = {}) => {
  const world: QueueWorld = { queues: new Map(), failing: new Set() };
  const types = new Map([queueType(world), ...more].map((type) => [type.name, type]));
  const cloud = await testCloud({
    ...options,
    loaders: {
      cloudformation: async () => cloudFormation({ types: { find: async (name) => types.get(name) } }),
      ...options.loaders,
    },
  });
  return { cloud, world, ...stacksOf(cloud), [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose]() };
};

/** What tests do with stacks, in a word each. */
export const stacksOf = (cloud: Pick<TestCloud, "client" | "tasks">) => {
  const cfn = cloud.client(CloudFormationClient);
  return {
    cfn,
    create: async (StackName: string, TemplateBody: string, more: Partial<CreateStackCommandInput> = {}) => {
      await cfn.send(new CreateStackCommand({ StackName, TemplateBody, ...more }));
      await cloud.tasks.idle();
    },
    /** Makes a change set of an existing stack and carries it out; answers what it was. */
    change: async (StackName: string, TemplateBody: string, more: Partial<CreateChangeSetCommandInput> = {}) => {
      await cfn.send(new CreateChangeSetCommand({ StackName, ChangeSetName: "change", TemplateBody, ...more }));
      const described = await cfn.send(
        new DescribeChangeSetCommand({ StackName, ChangeSetName: "change", IncludePropertyValues: true }),
      );
      if (described.Status === "CREATE_COMPLETE") {
        await cfn.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: "change" }));
        await cloud.tasks.idle();
      }
      return described;
    },
    stack: async (StackName: string) => (await cfn.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0],
    /** A stack's events, the oldest first, each in a line. */
    events: async (StackName: string) => {
      const { StackEvents = [] } = await cfn.send(new DescribeStackEventsCommand({ StackName }));
      return StackEvents.map(({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) =>
        [LogicalResourceId, ResourceStatus, ...(ResourceStatusReason ? [ResourceStatusReason] : [])].join(" "),
      ).reverse();
    },
  };
};
