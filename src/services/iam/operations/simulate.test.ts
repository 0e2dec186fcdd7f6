import {
  CreateRoleCommand,
  GetContextKeysForCustomPolicyCommand,
  GetContextKeysForPrincipalPolicyCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";

const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const TABLE = `arn:aws:dynamodb:us-east-1:${TEST_ACCOUNT}:table/facts`;
const reads = { Effect: "Allow", Action: "dynamodb:Get*", Resource: TABLE };

test("a policy given is asked about every action on every resource", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  const { EvaluationResults } = await iam.send(
    new SimulateCustomPolicyCommand({
      PolicyInputList: [policy(reads), policy({ ...reads, Effect: "Deny", Action: "dynamodb:Delete*" })],
      ActionNames: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"],
      ResourceArns: [TABLE],
    }),
  );
  expect(
    EvaluationResults?.map(({ EvalActionName, EvalDecision, MatchedStatements }) => [
      EvalActionName,
      EvalDecision,
      MatchedStatements?.map(({ SourcePolicyId }) => SourcePolicyId),
    ]),
  ).toEqual([
    ["dynamodb:GetItem", "allowed", ["PolicyInputList.1"]],
    ["dynamodb:PutItem", "implicitDeny", []],
    ["dynamodb:DeleteItem", "explicitDeny", ["PolicyInputList.2"]],
  ]);
});

test("conditions are asked of the context given, and what is missing is told", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  const PolicyInputList = [policy({ ...reads, Condition: { StringEquals: { "aws:PrincipalTag/team": "facts" } } })];
  const ask = (values?: string[]) =>
    iam.send(
      new SimulateCustomPolicyCommand({
        PolicyInputList,
        ActionNames: ["dynamodb:GetItem"],
        ResourceArns: [TABLE],
        ContextEntries: values && [
          { ContextKeyName: "aws:PrincipalTag/team", ContextKeyType: "string", ContextKeyValues: values },
        ],
      }),
    );
  expect((await ask()).EvaluationResults?.[0]).toMatchObject({
    EvalDecision: "implicitDeny",
    MissingContextValues: ["aws:PrincipalTag/team"],
  });
  expect((await ask(["facts"])).EvaluationResults?.[0]).toMatchObject({ EvalDecision: "allowed" });
  const { ContextKeyNames } = await iam.send(new GetContextKeysForCustomPolicyCommand({ PolicyInputList }));
  expect(ContextKeyNames).toEqual(["aws:PrincipalTag/team"]);
});

test("a role's own policies and its boundary are asked", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  const RoleName = "app";
  const AssumeRolePolicyDocument = policy({
    Effect: "Allow",
    Principal: { AWS: TEST_ACCOUNT },
    Action: "sts:AssumeRole",
  });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const own = policy({ ...reads, Action: ["dynamodb:*"], Resource: TABLE.replace("facts", "${aws:username}") }, reads);
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "read", PolicyDocument: own }));
  const PolicySourceArn = `arn:aws:iam::${TEST_ACCOUNT}:role/app`;
  const ask = () =>
    iam.send(
      new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ["dynamodb:GetItem"], ResourceArns: [TABLE] }),
    );
  expect((await ask()).EvaluationResults?.[0]).toMatchObject({
    EvalDecision: "allowed",
    MatchedStatements: [
      {
        SourcePolicyId: "role_app_read",
        SourcePolicyType: "IAM Policy",
        StartPosition: { Line: 1, Column: own.lastIndexOf("{") + 2 },
        EndPosition: { Line: 1, Column: own.lastIndexOf("}") },
      },
    ],
  });
  const keys = await iam.send(new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn }));
  expect(keys.ContextKeyNames).toEqual(["aws:username"]);
  const PermissionsBoundary = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
  await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
  expect((await ask()).EvaluationResults?.[0]).toMatchObject({
    EvalDecision: "implicitDeny",
    PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
  });
});

test("what cannot be simulated is refused", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  const ActionNames = ["s3:GetObject"];
  await expect(
    iam.send(new SimulateCustomPolicyCommand({ PolicyInputList: ["{}"], ActionNames })),
  ).rejects.toMatchObject({ name: "MalformedPolicyDocumentException" });
  await expect(
    iam.send(
      new SimulatePrincipalPolicyCommand({ PolicySourceArn: `arn:aws:iam::${TEST_ACCOUNT}:role/none`, ActionNames }),
    ),
  ).rejects.toMatchObject({ name: "NoSuchEntityException" });
});
