import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { assembleCloud } from "../../../cloud.ts";
import { testClock } from "../../../kernel/clock.ts";
import { seededIds } from "../../../kernel/ids.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { openState } from "../../../state.ts";
import { createTrust } from "../../../trust.ts";
import { cloudFormation } from "../service.ts";

const ACCOUNT = "123456789012";

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
      cloudformation: async () =>
        cloudFormation({ types: { find: async (name) => (name === type.name ? type : undefined) } }),
    },
  };
};

const open = async (path: string, { loaders }: Pick<ReturnType<typeof world>, "loaders">) => {
  const ids = seededIds(7);
  const state = await openState(path, ids, undefined);
  const cloud = assembleCloud({
    store: state.store,
    clock: testClock(),
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
  const call = async (Action: string, members: Record<string, string>): Promise<string> => {
    const { body } = await cloud.handler({
      method: "POST",
      host: "127.0.0.1:4566",
      path: "/",
      rawQuery: "",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20260101/us-east-1/cloudformation/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: Readable.from([Buffer.from(new URLSearchParams({ Action, Version: "2010-05-15", ...members }).toString())]),
      signal: new AbortController().signal,
    });
    return String(body);
  };
  return { ...cloud, call };
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
