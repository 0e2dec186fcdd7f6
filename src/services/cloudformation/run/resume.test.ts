import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ask } from "../../../../test/ask.ts";
import { assembleCloud } from "../../../cloud.ts";
import { testClock } from "../../../kernel/clock.ts";
import { seededIds } from "../../../kernel/ids.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { serviceLoaders } from "../../../services.ts";
import { openState } from "../../../state.ts";
import { createTrust } from "../../../trust.ts";
import { cloudFormation } from "../service.ts";

const ACCOUNT = "123456789012";
const VERSIONS: Readonly<Record<string, string>> = { cloudformation: "2010-05-15", iam: "2010-05-08" };

/** A queue whose creation hangs until the cloud stops, as often as `hangs` says. */
const world = () => {
  const queues = new Set<string>();
  let hangs = 0;
  const type = defineResourceType<{ readonly QueueName: string }>({
    name: "AWS::SQS::Queue",
    create: async (ctx, { QueueName }) => {
      queues.add(QueueName);
      if (QueueName === "slow" && hangs > 0) {
        hangs -= 1;
        await new Promise((_, reject) => ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason)));
      }
      return { physicalId: QueueName, attributes: {} };
    },
    delete: async (_ctx, { physicalId }) => {
      queues.delete(physicalId);
    },
  });
  return {
    queues,
    hang: (times: number) => {
      hangs = times;
    },
    loaders: {
      ...serviceLoaders,
      cloudformation: async () =>
        cloudFormation({ types: { find: async (name) => (name === type.name ? type : undefined) } }),
    },
  };
};

const open = async (path: string, { loaders }: Pick<ReturnType<typeof world>, "loaders">) => {
  const ids = seededIds(7);
  const clock = testClock();
  const state = await openState(path, ids, undefined);
  const cloud = assembleCloud({
    store: state.store,
    clock,
    ids,
    root: state.root,
    key: state.key,
    account: ACCOUNT,
    region: "us-east-1",
    auth: "open",
    endpoint: () => "http://127.0.0.1:4566",
    directory: state.directory,
    workspace: state.workspace,
    clearDirectories: state.clearDirectories,
    trust: createTrust(state.trust, []),
    onBug: (where, error) => {
      throw new Error(`a bug in ${where}`, { cause: error });
    },
    loaders,
  });
  /** One call of the query protocol; answers the XML. */
  const call = async (Action: string, members: Record<string, string>, service = "cloudformation"): Promise<string> => {
    const { text } = await ask(cloud, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: new URLSearchParams({ Action, Version: VERSIONS[service] ?? "", ...members }).toString(),
    });
    return text;
  };
  return { ...cloud, clock, call };
};

it("takes up a stack that was being made when the cloud stopped", async () => {
  const path = await mkdtemp(join(tmpdir(), "aloft-resume-"));
  try {
    const fake = world();
    fake.hang(1);
    const TemplateBody = `Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: first}}
  B: {Type: AWS::SQS::Queue, DependsOn: A, Properties: {QueueName: slow}}
  C: {Type: AWS::SQS::Queue, DependsOn: B, Properties: {QueueName: last}}
`;
    {
      await using cloud = await open(path, fake);
      await cloud.call("CreateStack", { StackName: "demo", TemplateBody });
      while (!fake.queues.has("slow")) await new Promise((resolve) => setImmediate(resolve));
    }
    await using again = await open(path, fake);
    await again.resume();
    await again.tasks.idle();
    expect(await again.call("DescribeStacks", { StackName: "demo" })).toContain("<StackStatus>CREATE_COMPLETE<");
    expect([...fake.queues]).toEqual(["first", "slow", "last"]);
    const events = await again.call("DescribeStackEvents", { StackName: "demo" });
    expect(events.split("<ResourceStatus>CREATE_COMPLETE<")).toHaveLength(5);
  } finally {
    await rm(path, { recursive: true, force: true });
  }
});

const ROLES = [
  ["Administration", { Service: "cloudformation.amazonaws.com" }, "sts:AssumeRole"],
  ["Execution", { AWS: `arn:aws:iam::${ACCOUNT}:root` }, "*"],
] as const;

it("takes up an operation on a stack set, instance by instance", async () => {
  const path = await mkdtemp(join(tmpdir(), "aloft-resume-"));
  const StackSetName = "set";
  const OperationId = "first";
  try {
    const fake = world();
    fake.hang(1);
    {
      await using cloud = await open(path, fake);
      for (const [kind, Principal, Action] of ROLES) {
        const RoleName = `AWSCloudFormationStackSet${kind}Role`;
        const statement = (more: object) =>
          JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", ...more } });
        const AssumeRolePolicyDocument = statement({ Principal, Action: "sts:AssumeRole" });
        await cloud.call("CreateRole", { RoleName, AssumeRolePolicyDocument }, "iam");
        const PolicyDocument = statement({ Action, Resource: "*" });
        await cloud.call("PutRolePolicy", { RoleName, PolicyName: "all", PolicyDocument }, "iam");
      }
      const TemplateBody = "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: slow}}}";
      await cloud.call("CreateStackSet", { StackSetName, TemplateBody });
      const where = { "Accounts.member.1": ACCOUNT, "Regions.member.1": "eu-west-1", "Regions.member.2": "us-east-1" };
      await cloud.call("CreateStackInstances", { StackSetName, OperationId, ...where });
      while (!fake.queues.has("slow")) await new Promise((resolve) => setImmediate(resolve));
    }
    await using again = await open(path, fake);
    await again.resume();
    const operation = () => again.call("DescribeStackSetOperation", { StackSetName, OperationId });
    while ((await operation()).includes("<Status>RUNNING<")) again.clock.advance(1000);
    expect(await operation()).toContain("<Status>SUCCEEDED<");
    const results = await again.call("ListStackSetOperationResults", { StackSetName, OperationId });
    expect(results.split("<Status>SUCCEEDED<")).toHaveLength(3);
    const stacks = await again.call("DescribeStacks", {});
    expect(stacks.split("<StackStatus>CREATE_COMPLETE<")).toHaveLength(2);
  } finally {
    await rm(path, { recursive: true, force: true });
  }
});
