import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  GetStackPolicyCommand,
} from "@aws-sdk/client-cloudformation";
import { CodePipelineClient, CreatePipelineCommand, ListActionExecutionsCommand } from "@aws-sdk/client-codepipeline";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { zipOf } from "../artifacts.ts";
import { type Action, declared, makeGround, source, stagesOf } from "../testPipeline.ts";

const TEMPLATE = `
Parameters: { Name: { Type: String }, Key: { Type: String } }
Resources:
  Topic: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Ref Name } }
Outputs:
  Name: { Value: !Ref Name }
  Key: { Value: !Ref Key }
`;
const DEPLOY_ROLE = "arn:aws:iam::123456789012:role/deploy";
let cloud: TestCloud;
let client: CodePipelineClient;

const PIPELINE_MAY = ["s3:*", "cloudformation:*", "iam:PassRole"];

const ground = async (template: string, allowed: readonly string[] = PIPELINE_MAY, stackMay = "sns:*") => {
  await makeGround(cloud, allowed);
  await serviceRole(cloud.client(IAMClient), "deploy", "cloudformation", stackMay);
  const s3 = cloud.client(S3Client);
  await s3.send(new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body: await zipOf("app.yml", template) }));
  await s3.send(new CreateBucketCommand({ Bucket: "site" }));
};

beforeEach(async () => {
  cloud = await testCloud();
  client = cloud.client(CodePipelineClient);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const deploy = (name: string, configuration: Record<string, string>, more: Partial<Action> = {}): Action => ({
  name,
  actionTypeId: { category: "Deploy", owner: "AWS", provider: "CloudFormation", version: "1" },
  inputArtifacts: [{ name: "App" }],
  configuration: { StackName: "app", RoleArn: DEPLOY_ROLE, ...configuration },
  ...more,
});
const create = {
  ActionMode: "CREATE_UPDATE",
  TemplatePath: "App::app.yml",
  OutputFileName: "out.json",
  ParameterOverrides: JSON.stringify({
    Name: "version #{Src.ObjectKey}",
    Key: { "Fn::GetArtifactAtt": ["App", "BucketName"] },
  }),
};
const runOf = async (...actions: readonly (readonly Action[])[]) => {
  await client.send(new CreatePipelineCommand(declared(stagesOf(...actions))));
  await cloud.tasks.idle();
  const { actionExecutionDetails = [] } = await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }));
  return actionExecutionDetails.reverse();
};

describe("deployments", () => {
  it("create a stack with overridden parameters, hand on its outputs, unpack them into a bucket, and delete it", async () => {
    await ground(TEMPLATE);
    const site: Action = {
      name: "Site",
      actionTypeId: { category: "Deploy", owner: "AWS", provider: "S3", version: "1" },
      inputArtifacts: [{ name: "Out" }],
      configuration: { BucketName: "site", Extract: "true", ObjectKey: "#{Stack.Key}", CacheControl: "max-age=1" },
    };
    const stack = deploy("Stack", create, { outputArtifacts: [{ name: "Out" }], namespace: "Stack" });
    const actions = await runOf(
      [stack],
      [site],
      [deploy("Delete", { ActionMode: "DELETE_ONLY" }, { inputArtifacts: [] })],
    );
    expect(actions.map(({ actionName, status }) => `${actionName} ${status}`)).toEqual([
      "Source Succeeded",
      "Stack Succeeded",
      "Site Succeeded",
      "Delete Succeeded",
    ]);
    expect(actions[1]?.output?.outputVariables).toEqual({ Name: "version app.zip", Key: "artifacts" });
    const object = await cloud
      .client(S3Client)
      .send(new GetObjectCommand({ Bucket: "site", Key: "artifacts/out.json" }));
    expect(object).toMatchObject({ CacheControl: "max-age=1", ContentType: "application/json" });
    expect(JSON.parse((await object.Body?.transformToString()) ?? "")).toEqual({
      Name: "version app.zip",
      Key: "artifacts",
    });
    await expect(
      cloud.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName: "app" })),
    ).rejects.toThrow("does not exist");
  });

  it("replace a stack that failed, with what a file of another action's artifact says", async () => {
    await ground(TEMPLATE);
    const stacks = cloud.client(CloudFormationClient);
    const TemplateBody = TEMPLATE.replace("AWS::SNS::Topic, Properties: { DisplayName: !Ref Name }", "AWS::S3::Bucket");
    const Parameters = ["Name", "Key"].map((ParameterKey) => ({ ParameterKey, ParameterValue: "v" }));
    await stacks.send(new CreateStackCommand({ StackName: "second", TemplateBody, Parameters, RoleARN: DEPLOY_ROLE }));
    await cloud.tasks.idle();
    const stateOf = async () => {
      const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: "second" }));
      return Stacks?.[0]?.StackStatus;
    };
    expect(await stateOf()).toBe("ROLLBACK_COMPLETE");
    const ParameterOverrides = JSON.stringify({ Name: { "Fn::GetParam": ["Out", "out.json", "Name"] }, Key: "k" });
    const second = { StackName: "second", ActionMode: "REPLACE_ON_FAILURE", TemplatePath: "App::app.yml" };
    const actions = await runOf(
      [deploy("Stack", create, { outputArtifacts: [{ name: "Out" }] })],
      [deploy("Second", { ...second, ParameterOverrides }, { inputArtifacts: [{ name: "App" }, { name: "Out" }] })],
    );
    expect(actions.at(-1)?.output?.outputVariables).toEqual({ Name: "version app.zip", Key: "k" });
    expect(await stateOf()).toBe("CREATE_COMPLETE");
  });

  it("fail with the cause first: a role that may not, a file that is not there, a call that is denied", async () => {
    await ground(TEMPLATE.replace("AWS::SNS::Topic, Properties: { DisplayName: !Ref Name }", "AWS::S3::Bucket"));
    const failed = (await runOf([deploy("Stack", create)])).at(-1);
    expect(failed?.status).toBe("Failed");
    expect(failed?.output?.executionResult?.errorDetails).toMatchObject({
      code: "JobFailed",
      message: expect.stringMatching(
        /^Topic \(AWS::S3::Bucket\): .*s3:CreateBucket.*The stack app is in the state ROLLBACK_COMPLETE\.$/s,
      ),
    });
  });

  it("fail with the name that is taken before what the change set says of it", async () => {
    await ground("Resources: {Taken: {Type: AWS::S3::Bucket, Properties: {BucketName: site}}}", PIPELINE_MAY, "s3:*");
    const names = { ActionMode: "CHANGE_SET_REPLACE", ChangeSetName: "next", TemplatePath: "App::app.yml" };
    const failed = (await runOf([deploy("Changes", names)])).at(-1);
    expect(failed?.output?.executionResult?.errorDetails?.message).toMatch(
      /^Taken \(AWS::S3::Bucket\): Resource of type 'AWS::S3::Bucket' with identifier 'site' already exists\. The following hook/,
    );
  });

  it("fail for a file that is not in the artifact", async () => {
    await ground(TEMPLATE);
    const failed = (await runOf([deploy("Stack", { ...create, TemplatePath: "App::none.yml" })])).at(-1);
    expect(failed?.output?.executionResult?.errorDetails).toEqual({
      code: "ConfigurationError",
      message: "File [none.yml] does not exist in artifact [App]",
    });
  });

  it("name no output file, and have none; a capability that is none fails them", async () => {
    await ground(TEMPLATE);
    const { OutputFileName: _, ...unnamed } = create;
    const outputArtifacts = [{ name: "Out" }];
    const [, stack, again] = await runOf(
      [deploy("Stack", unnamed, { outputArtifacts })],
      [deploy("Again", { ...unnamed, Capabilities: "CAPABILITY_IAM,CAPABILITY_ALL" })],
    );
    expect(stack).toMatchObject({ status: "Succeeded", output: { outputVariables: { Name: "version app.zip" } } });
    expect(stack?.output?.outputArtifacts).toEqual([]);
    expect(again?.output?.executionResult?.errorDetails).toMatchObject({
      code: "ConfigurationError",
      message: expect.stringContaining("Invalid Capabilities 'CAPABILITY_ALL'. Valid values: CAPABILITY_IAM"),
    });
  });

  it("give the stack the policy and the tags of their template's configuration", async () => {
    const statement = { Effect: "Deny", Action: "Update:*", Principal: "*", Resource: "LogicalResourceId/Topic" };
    const StackPolicy = { Statement: [statement] };
    await ground(TEMPLATE);
    const Body = await zipOf(
      "app.json",
      JSON.stringify({ Parameters: { Name: "n", Key: "k" }, StackPolicy, Tags: { a: "b" } }),
    );
    await cloud.client(S3Client).send(new PutObjectCommand({ Bucket: "source", Key: "settings.zip", Body }));
    const settings: Action = {
      ...source,
      name: "Settings",
      namespace: "Set",
      configuration: { S3Bucket: "source", S3ObjectKey: "settings.zip" },
      outputArtifacts: [{ name: "Settings" }],
    };
    const configured = { TemplatePath: "App::app.yml", TemplateConfiguration: "Settings::app.json" };
    const inputArtifacts = [{ name: "App" }, { name: "Settings" }];
    const [, stage] = stagesOf([deploy("Stack", { ActionMode: "CREATE_UPDATE", ...configured }, { inputArtifacts })]);
    const stages = [{ name: "Source", actions: [source, settings] }, ...(stage ? [stage] : [])];
    await client.send(new CreatePipelineCommand(declared(stages)));
    await cloud.tasks.idle();
    const cloudFormation = cloud.client(CloudFormationClient);
    const { StackPolicyBody = "" } = await cloudFormation.send(new GetStackPolicyCommand({ StackName: "app" }));
    expect(JSON.parse(StackPolicyBody)).toEqual(StackPolicy);
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: "app" }));
    expect(Stacks?.[0]?.Tags).toContainEqual({ Key: "a", Value: "b" });
  });

  it("fail for an access list that S3 does not know", async () => {
    await ground(TEMPLATE);
    const configuration = { BucketName: "source", Extract: "true", CannedACL: "everybody" };
    const actionTypeId = { category: "Deploy", owner: "AWS", provider: "S3", version: "1" } as const;
    const failed = (await runOf([{ ...deploy("Files", {}), actionTypeId, configuration }])).at(-1);
    expect(failed?.output?.executionResult?.errorDetails).toMatchObject({
      code: "ConfigurationError",
      message: expect.stringContaining("Invalid CannedACL 'everybody'. Valid values: private, public-read"),
    });
  });

  it("fail for a pipeline's role that may not, naming the call", async () => {
    await ground(TEMPLATE, ["s3:*"]);
    const failed = (await runOf([deploy("Stack", create)])).at(-1);
    expect(failed?.output?.executionResult?.errorDetails).toMatchObject({
      code: "PermissionError",
      message: expect.stringContaining("cloudformation:DescribeStacks"),
    });
  });
});
