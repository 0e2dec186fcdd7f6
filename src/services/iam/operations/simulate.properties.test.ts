import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeletePolicyVersionCommand,
  DeleteUserPermissionsBoundaryCommand,
  IAMClient,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateQueueCommand, GetQueueUrlCommand, PurgeQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, TEST_REGION, type TestCloud, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { keyOf } from "../../../../test/userKey.ts";

const USER = `arn:aws:iam::${TEST_ACCOUNT}:user/ada`;
const QUEUES = ["orders", "returns"] as const;
const queueArn = (name: string) => `arn:aws:sqs:${TEST_REGION}:${TEST_ACCOUNT}:${name}`;

/** What a request of ada's says of itself, for the simulator, which is told. */
const CONTEXT = { "aws:username": "ada", "aws:RequestedRegion": TEST_REGION, "aws:PrincipalTag/team": "facts" };

const actions = fc.subarray(["*", "sqs:*", "sqs:Get*", "SQS:getqueueurl", "sqs:PurgeQueue", "s3:*"], { minLength: 1 });
const resources = fc.subarray(
  [
    "*",
    ...QUEUES.map(queueArn),
    queueArn("o*s"),
    "arn:aws:sqs:*:*:re?urns",
    queueArn("$" + "{aws:username, 'orders'}"),
  ],
  { minLength: 1 },
);

const operator = fc
  .tuple(
    fc.constantFrom("", "ForAllValues:", "ForAnyValue:"),
    fc.constantFrom("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"),
    fc.constantFrom("", "IfExists"),
  )
  .map((parts) => parts.join(""));
const condition = fc.oneof(
  fc.constant({}),
  fc
    .tuple(
      operator,
      fc.constantFrom(...Object.keys(CONTEXT), "aws:SourceVpc"),
      fc.subarray([...Object.values(CONTEXT), "f?c*", "$" + "{aws:username}", "$" + "{aws:SourceVpc, 'ada'}"], {
        minLength: 1,
      }),
    )
    .map(([name, key, values]) => ({ [name]: { [key]: values } })),
  fc
    .tuple(fc.constantFrom("aws:username", "aws:SourceVpc"), fc.boolean())
    .map(([key, absent]) => ({ Null: { [key]: String(absent) } })),
);

const either = <T>(name: string, values: fc.Arbitrary<T>) =>
  fc.tuple(fc.constantFrom(name, `Not${name}`), values).map(([key, value]) => ({ [key]: value }));

const statement = fc
  .tuple(fc.constantFrom("Allow", "Allow", "Deny"), either("Action", actions), either("Resource", resources), condition)
  .map(([Effect, action, resource, Condition]) => ({ Effect, ...action, ...resource, Condition }));

const document = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));

const asked = fc.record({
  identity: document,
  boundary: fc.option(document, { nil: undefined }),
  queue: fc.constantFrom(...QUEUES),
  action: fc.constantFrom("GetQueueUrl", "PurgeQueue"),
});

const world = async (cloud: TestCloud) => {
  const iam = cloud.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: "ada", Tags: [{ Key: "team", Value: "facts" }] }));
  for (const QueueName of QUEUES) await cloud.client(SQSClient).send(new CreateQueueCommand({ QueueName }));
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "*", Resource: "*" },
  });
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "bound", PolicyDocument }));
  const sqs = cloud.client(SQSClient, { credentials: await keyOf(iam, "ada") });
  return { iam, sqs, boundaryArn: Policy?.Arn };
};

type World = Awaited<ReturnType<typeof world>>;

const bind = async ({ iam, boundaryArn }: World, document: string | undefined) => {
  await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: "ada", PermissionsBoundary: boundaryArn }));
  if (document === undefined) return iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: "ada" }));
  const made = await iam.send(
    new CreatePolicyVersionCommand({ PolicyArn: boundaryArn, PolicyDocument: document, SetAsDefault: true }),
  );
  const before = Number(made.PolicyVersion?.VersionId?.slice(1)) - 1;
  return iam.send(new DeletePolicyVersionCommand({ PolicyArn: boundaryArn, VersionId: `v${before}` }));
};

const ask = ({ sqs }: World, action: string, QueueName: string) =>
  action === "GetQueueUrl"
    ? refusal(sqs.send(new GetQueueUrlCommand({ QueueName })))
    : refusal(sqs.send(new PurgeQueueCommand({ QueueUrl: `http://127.0.0.1:4566/${TEST_ACCOUNT}/${QueueName}` })));

test("what the simulator says is what a call meets", async () => {
  await using cloud = await testCloud();
  const made = await world(cloud);
  await fc.assert(
    fc.asyncProperty(asked, async ({ identity, boundary, queue, action }) => {
      await made.iam.send(new PutUserPolicyCommand({ UserName: "ada", PolicyName: "own", PolicyDocument: identity }));
      await bind(made, boundary);
      const { EvaluationResults: [result] = [] } = await made.iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: USER,
          ActionNames: [`sqs:${action}`],
          ResourceArns: [queueArn(queue)],
          ContextEntries: Object.entries(CONTEXT).map(([ContextKeyName, value]) => ({
            ContextKeyName,
            ContextKeyType: "string",
            ContextKeyValues: [value],
          })),
        }),
      );
      // Purges of one queue are a minute apart.
      cloud.clock.advance(61_000);
      const met = (await ask(made, action, queue)) ?? "allowed";
      const said = result?.EvalDecision;
      expect(met.startsWith("AccessDenied") ? "denied" : met).toBe(said === "allowed" ? "allowed" : "denied");
      expect(met.includes("explicit deny")).toBe(said === "explicitDeny");
    }),
    { numRuns: 40 },
  );
});
