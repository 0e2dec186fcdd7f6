import { CloudFormationClient, DeleteStackInstancesCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { TEST_ACCOUNT, type TestCloud } from "../../../../test/harness.ts";
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
