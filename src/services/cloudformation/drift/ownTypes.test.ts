import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackSetCommand,
  DeleteStackInstancesCommand,
  DeleteStackSetCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";
import { stacksOf } from "../../../../test/queueCloud.ts";
import { deployed } from "./deployedFixture.ts";

const INNER =
  "Parameters: {Name: {Type: String}, Other: {Type: String, Default: o}}\nResources: {P: {Type: AWS::SSM::Parameter, Properties: {Name: !Ref Name, Type: String, Value: v}}}";
const trust = (principal: string) =>
  `{Version: '2012-10-17', Statement: [{Effect: Allow, Principal: ${principal}, Action: sts:AssumeRole}]}`;
const ALL =
  "[{PolicyName: p, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}}]";

const TEMPLATE = `Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: ${trust("{Service: lambda.amazonaws.com}")}}}
  Function: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: 'exports.handler = async () => 1'}, Handler: index.handler, Runtime: nodejs22.x, Role: !GetAtt Role.Arn}}
  Macro: {Type: AWS::CloudFormation::Macro, Properties: {Name: Twice, FunctionName: !Ref Function, Description: d}}
  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://templates.s3.amazonaws.com/inner', Parameters: {Name: nested}, Tags: [{Key: a, Value: b}]}}
  Admin: {Type: AWS::IAM::Role, Properties: {RoleName: Admin, AssumeRolePolicyDocument: ${trust("{Service: cloudformation.amazonaws.com}")}, Policies: ${ALL}}}
  Execution: {Type: AWS::IAM::Role, Properties: {RoleName: Execution, AssumeRolePolicyDocument: ${trust("{AWS: !GetAtt Admin.Arn}")}, Policies: ${ALL}}}
  Everywhere:
    Type: AWS::CloudFormation::StackSet
    DependsOn: Execution
    Properties:
      StackSetName: everywhere
      PermissionModel: SELF_MANAGED
      AdministrationRoleARN: !GetAtt Admin.Arn
      ExecutionRoleName: Execution
      Description: d
      Parameters: [{ParameterKey: Name, ParameterValue: everywhere}]
      Tags: [{Key: a, Value: b}]
      TemplateURL: https://templates.s3.amazonaws.com/inner
      StackInstancesGroup: [{DeploymentTargets: {Accounts: ['${TEST_ACCOUNT}']}, Regions: [us-east-1, eu-west-1]}]
`;

const keepInner = async (cloud: TestCloud) => {
  const s3 = cloud.client(S3Client, { forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: "templates" }));
  await s3.send(new PutObjectCommand({ Bucket: "templates", Key: "inner", Body: INNER }));
};

it("reads macros, nested stacks and stack sets, and sees them changed", async () => {
  await using fake = await deployed(TEMPLATE, keepInner);
  await fake.expectInSync();

  const cfn = fake.cloud.client(CloudFormationClient);
  const Parameters = [{ ParameterKey: "Name", ParameterValue: "other" }];
  await cfn.send(new UpdateStackCommand({ StackName: fake.idOf("Nested"), UsePreviousTemplate: true, Parameters }));
  await fake.cloud.tasks.idle();
  const instance = { StackSetName: "everywhere", Accounts: [TEST_ACCOUNT], Regions: ["eu-west-1"] };
  await cfn.send(new DeleteStackInstancesCommand({ ...instance, RetainStacks: false }));
  await fake.cloud.tasks.idle();
  expect((await fake.drifts()).filter(({ status }) => status !== "IN_SYNC")).toEqual([
    { id: "Everywhere", status: "MODIFIED", differences: ["REMOVE /StackInstancesGroup/0/Regions/1 eu-west-1 null"] },
    { id: "Nested", status: "MODIFIED", differences: ["NOT_EQUAL /Parameters/Name nested other"] },
  ]);
}, 120_000);

const TemplateURL = "https://templates.s3.amazonaws.com/inner";

/** A stack and a stack set that stand alone, and a change set by which another stack takes them over. */
const strangers = async (cloud: TestCloud) => {
  await keepInner(cloud);
  const { cfn, create } = stacksOf(cloud);
  await create("inner", INNER, { Parameters: [{ ParameterKey: "Name", ParameterValue: "inner" }] });
  const inner = async () => (await cfn.send(new DescribeStacksCommand({ StackName: "inner" }))).Stacks?.[0];
  const innerId = (await inner())?.StackId ?? "";
  const Parameters = [{ ParameterKey: "Name", ParameterValue: "set" }];
  const { StackSetId = "" } = await cfn.send(
    new CreateStackSetCommand({ StackSetName: "set", TemplateURL, Parameters }),
  );
  const kept = { DeletionPolicy: "Retain" };
  const Resources = {
    Nested: { Type: "AWS::CloudFormation::Stack", ...kept, Properties: { TemplateURL, Parameters: { Name: "inner" } } },
    Set: {
      Type: "AWS::CloudFormation::StackSet",
      ...kept,
      Properties: { StackSetName: "set", PermissionModel: "SELF_MANAGED", TemplateURL, Parameters },
    },
  };
  const change = { StackName: "outer", ChangeSetName: "import" };
  const asked = (LogicalResourceId: "Nested" | "Set", ResourceIdentifier: Record<string, string>) => ({
    ResourceType: Resources[LogicalResourceId].Type,
    LogicalResourceId,
    ResourceIdentifier,
  });
  await cfn.send(
    new CreateChangeSetCommand({
      ...change,
      ChangeSetType: "IMPORT",
      TemplateBody: JSON.stringify({ Resources }),
      ResourcesToImport: [asked("Nested", { StackId: innerId }), asked("Set", { StackSetId })],
    }),
  );
  const execute = async () => {
    await cfn.send(new ExecuteChangeSetCommand(change));
    await cloud.tasks.idle();
    const { Stacks: [outer] = [] } = await cfn.send(new DescribeStacksCommand({ StackName: "outer" }));
    return outer;
  };
  return { cfn, inner, innerId, StackSetId, execute };
};

describe("a stack and a stack set that another stack takes over", () => {
  it("are its own from then on", async () => {
    await using cloud = await testCloud();
    const { cfn, inner, innerId, StackSetId, execute } = await strangers(cloud);
    const outer = await execute();
    const { StackResources = [] } = await cfn.send(new DescribeStackResourcesCommand({ StackName: "outer" }));
    expect(StackResources.map((each) => [each.PhysicalResourceId, each.ResourceStatus])).toEqual([
      [innerId, "IMPORT_COMPLETE"],
      [StackSetId, "IMPORT_COMPLETE"],
    ]);
    expect(await inner()).toMatchObject({ ParentId: outer?.StackId, RootId: outer?.StackId });
  });

  it("are nobody's again when that fails", async () => {
    await using cloud = await testCloud();
    const { cfn, inner, execute } = await strangers(cloud);
    await cfn.send(new DeleteStackSetCommand({ StackSetName: "set" }));
    expect((await execute())?.StackStatus).toBe("IMPORT_ROLLBACK_COMPLETE");
    const after = await inner();
    expect([after?.ParentId, after?.RootId]).toEqual([undefined, undefined]);
  });
});
