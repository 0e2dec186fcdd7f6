import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackSetCommand,
  DeleteStackInstancesCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
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

it("takes over a stack set, and a stack as a nested one, and lets them go again", async () => {
  const cloud = await testCloud();
  await using _ = cloud;
  await keepInner(cloud);
  const { cfn, create } = stacksOf(cloud);
  const TemplateURL = "https://templates.s3.amazonaws.com/inner";
  await create("inner", INNER, { Parameters: [{ ParameterKey: "Name", ParameterValue: "inner" }] });
  const { Stacks: [inner] = [] } = await cfn.send(new DescribeStacksCommand({ StackName: "inner" }));
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
      ResourcesToImport: [asked("Nested", { StackId: inner?.StackId ?? "" }), asked("Set", { StackSetId })],
    }),
  );
  await cfn.send(new ExecuteChangeSetCommand(change));
  await cloud.tasks.idle();
  const { StackResources = [] } = await cfn.send(new DescribeStackResourcesCommand({ StackName: "outer" }));
  expect(StackResources.map((each) => [each.PhysicalResourceId, each.ResourceStatus])).toEqual([
    [inner?.StackId, "IMPORT_COMPLETE"],
    [StackSetId, "IMPORT_COMPLETE"],
  ]);
  const outer = StackResources[0]?.StackId;
  const nested = await cfn.send(new DescribeStacksCommand({ StackName: inner?.StackId }));
  expect(nested.Stacks).toMatchObject([{ ParentId: outer, RootId: outer }]);
});
