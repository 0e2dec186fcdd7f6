import { CodeDeployClient, CreateApplicationCommand, CreateDeploymentGroupCommand } from "@aws-sdk/client-codedeploy";
import {
  type CodePipelineClient,
  CreatePipelineCommand,
  type CreatePipelineCommandInput,
  ListActionExecutionsCommand,
  ListRuleExecutionsCommand,
  StartPipelineExecutionCommand,
  UpdatePipelineCommand,
} from "@aws-sdk/client-codepipeline";
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetAliasCommand, UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../../test/harness.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { zipOf } from "../artifacts.ts";
import {
  type Action,
  CODE,
  declared,
  endOf,
  executionsOf,
  makeFunction,
  pipelineCloud,
  ROLE,
  stagesOf,
} from "../testPipeline.ts";

type Declared = NonNullable<CreatePipelineCommandInput["pipeline"]>;

let cloud: TestCloud;
let client: CodePipelineClient;

beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud(["*"]));
  await cloud.client(S3Client).send(new CreateBucketCommand({ Bucket: "site" }));
});
afterEach(() => cloud[Symbol.asyncDispose]());

const put = async (name: string, text: string) =>
  cloud
    .client(S3Client)
    .send(new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body: await zipOf(name, text) }));
const action = (category: "Deploy" | "Compute" | "Invoke", provider: string, more: Partial<Action>): Action => ({
  name: provider,
  actionTypeId: { category, owner: "AWS", provider, version: "1" },
  inputArtifacts: [{ name: "App" }],
  ...more,
});
const create = (stages: Action[][], more: Partial<Declared> = {}) =>
  client.send(new CreatePipelineCommand(declared(stagesOf(...stages), { pipelineType: "V2", ...more })));
const executions = (pipelineName?: string) => executionsOf(client, pipelineName);
const actions = async () =>
  (await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }))).actionExecutionDetails ?? [];
const ended = () => endOf(client);
/** Where programs run, the cloud is awaited. */
const idle = async () => {
  await cloud.tasks.idle();
  return (await executions())[0]?.status;
};
const failures = async () => (await actions()).flatMap(({ output }) => output?.executionResult?.errorDetails ?? []);

describe("the Commands action", () => {
  it("runs commands as the pipeline's role, and gives files and variables", { timeout: 60_000 }, async () => {
    await put("page.txt", "hello");
    const run = action("Compute", "Commands", {
      commands: [
        "export WORDS=$(cat page.txt)-$WHO",
        "mkdir out && echo $WORDS > out/index.html",
        "test -z '#{Src.ETag}' || true",
      ],
      environmentVariables: [{ name: "WHO", value: "#{variables.Who}" }],
      outputArtifacts: [{ name: "Site", files: ["out/**/*"] }],
      outputVariables: ["WORDS"],
      namespace: "Ran",
    });
    const publish = action("Deploy", "S3", {
      inputArtifacts: [{ name: "Site" }],
      configuration: { BucketName: "site", Extract: "true", ObjectKey: "#{Ran.WORDS}", CacheControl: "max-age=5" },
    });
    await create([[run], [publish]], { variables: [{ name: "Who", defaultValue: "world" }] });
    expect([await idle(), await failures()]).toEqual(["Succeeded", []]);
    const page = await cloud
      .client(S3Client)
      .send(new GetObjectCommand({ Bucket: "site", Key: "hello-world/out/index.html" }));
    expect(await page.Body?.transformToString()).toBe("hello-world\n");
    expect(page.CacheControl).toBe("max-age=5");
    const [, ran] = await actions();
    expect(ran?.output?.outputVariables).toEqual({ WORDS: "hello-world" });
    expect(ran?.output?.executionResult?.logStreamARN).toContain(":log-group:/aws/codepipeline/app:");
  });

  it("fails with what its commands said, also as a rule", { timeout: 60_000 }, async () => {
    await put("page.txt", "hello");
    await create([[action("Compute", "Commands", { commands: ["exit 3"] })]]);
    expect(await idle()).toBe("Failed");
    expect((await failures())[0]?.message).toContain("Phase: BUILD, Code: COMMAND_EXECUTION_ERROR");
    const [sourceStage, stage] = stagesOf([action("Compute", "Commands", { commands: ["true"] })]);
    const ruleTypeId = { category: "Rule", owner: "AWS", provider: "Commands", version: "1" } as const;
    const rules = [
      { name: "Check", ruleTypeId, commands: ["grep -q bye page.txt"], inputArtifacts: [{ name: "App" }] },
    ];
    const onSuccess = { conditions: [{ result: "FAIL" as const, rules }] };
    const stages = [sourceStage, { ...stage, onSuccess }] as Declared["stages"];
    await client.send(new CreatePipelineCommand(declared(stages as never, { name: "other", pipelineType: "V2" })));
    await cloud.tasks.idle();
    expect((await executions("other"))[0]?.status).toBe("Failed");
    const { ruleExecutionDetails } = await client.send(new ListRuleExecutionsCommand({ pipelineName: "other" }));
    expect(ruleExecutionDetails).toMatchObject([{ ruleName: "Check", status: "Failed" }]);
  });

  it("runs as a role of its own, which the pipeline's role assumes", { timeout: 60_000 }, async () => {
    await put("page.txt", "hello");
    const iam = cloud.client(IAMClient);
    const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: ROLE } };
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: "commands",
        AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      }),
    );
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await iam.send(new AttachRolePolicyCommand({ RoleName: "commands", PolicyArn }));
    await create([[action("Compute", "Commands", { commands: ["true"], roleArn: Role?.Arn })]]);
    expect([await idle(), await failures()]).toEqual(["Succeeded", []]);
  });

  it("is for pipelines of type V2, and for commands", async () => {
    const run = action("Compute", "Commands", { commands: ["true"] });
    await expect(create([[run]], { pipelineType: "V1" })).rejects.toMatchObject({
      name: "InvalidActionDeclarationException",
      message: expect.stringContaining("supported for pipelines of type V2 only"),
    });
    await expect(create([[action("Compute", "Commands", {})]])).rejects.toMatchObject({
      message: "Action Commands must have a non-empty commands field",
    });
  });
});

describe("the CodeDeploy action", () => {
  it("deploys what the artifact's AppSpec says", async () => {
    const { lambda, roleArn } = await makeFunction(cloud);
    const ZipFile = await zipOf("index.js", `${CODE} // two`);
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "fn", ZipFile, Publish: true }));
    const codedeploy = cloud.client(CodeDeployClient);
    await codedeploy.send(new CreateApplicationCommand({ applicationName: "app", computePlatform: "Lambda" }));
    await codedeploy.send(
      new CreateDeploymentGroupCommand({
        applicationName: "app",
        deploymentGroupName: "group",
        serviceRoleArn: roleArn,
        deploymentConfigName: "CodeDeployDefault.LambdaAllAtOnce",
        deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
      }),
    );
    const Properties = { Name: "fn", Alias: "live", CurrentVersion: "1", TargetVersion: "2" };
    const appSpec = { version: 0.0, Resources: [{ fn: { Type: "AWS::Lambda::Function", Properties } }] };
    await put("appspec.yml", JSON.stringify(appSpec));
    const configuration = { ApplicationName: "app", DeploymentGroupName: "group" };
    await create([[action("Deploy", "CodeDeploy", { configuration })]]);
    expect([await ended(), await failures()]).toEqual(["Succeeded", []]);
    const { FunctionVersion } = await lambda.send(new GetAliasCommand({ FunctionName: "fn", Name: "live" }));
    expect(FunctionVersion).toBe("2");
    expect((await actions())[0]?.output?.outputVariables?.["DeploymentId"]).toMatch(/^d-/);
  });
});

describe("the actions that invoke", () => {
  it("starts another pipeline with variables, and does not wait for it", async () => {
    await put("a", "b");
    const ask: Action = {
      name: "Ask",
      actionTypeId: { category: "Approval", owner: "AWS", provider: "Manual", version: "1" },
    };
    await create([[ask]], { name: "other", variables: [{ name: "Who", defaultValue: "nobody" }] });
    const Variables = JSON.stringify([{ name: "Who", value: "#{codepipeline.PipelineExecutionId}" }]);
    const invoke = action("Invoke", "CodePipeline", {
      inputArtifacts: [],
      configuration: { PipelineName: "other", Variables },
    });
    await create([[invoke]]);
    expect([await ended(), await failures()]).toEqual(["Succeeded", []]);
    const [started] = await executions("other");
    expect(started?.trigger?.triggerType).toBe("StartPipelineExecution");
    expect((await actions())[0]?.output?.outputVariables).toEqual({
      PipelineExecutionId: started?.pipelineExecutionId,
    });
  });

  it("runs a state machine to its end, and gives its output as an artifact", async () => {
    const states = cloud.client(SFNClient);
    const definition = JSON.stringify({
      StartAt: "Check",
      States: {
        Check: {
          Type: "Choice",
          Choices: [{ Variable: "$.fails", BooleanEquals: true, Next: "No" }],
          Default: "Yes",
        },
        No: { Type: "Fail", Error: "TooBad", Cause: "it said so" },
        Yes: { Type: "Pass", Result: { greeting: "hello" }, End: true },
      },
    });
    const { stateMachineArn = "" } = await states.send(
      new CreateStateMachineCommand({ name: "m", definition, roleArn: await stateRole() }),
    );
    await put("input.json", JSON.stringify({ fails: false }));
    const invoke = (Input: string, InputType: string) =>
      action("Invoke", "StepFunctions", {
        configuration: { StateMachineArn: stateMachineArn, Input, InputType, ExecutionNamePrefix: "run" },
        outputArtifacts: [{ name: "Out" }],
        namespace: "Ran",
      });
    const publish = action("Deploy", "S3", {
      inputArtifacts: [{ name: "Out" }],
      configuration: { BucketName: "site", Extract: "true" },
    });
    await create([[invoke("input.json", "FilePath")], [publish]]);
    expect([await ended(), await failures()]).toEqual(["Succeeded", []]);
    const page = await cloud.client(S3Client).send(new GetObjectCommand({ Bucket: "site", Key: "output.json" }));
    expect(JSON.parse((await page.Body?.transformToString()) ?? "")).toEqual({ greeting: "hello" });
    expect((await actions())[1]?.output?.outputVariables).toMatchObject({ StateMachineArn: stateMachineArn });

    const wished = declared(stagesOf([invoke('{"fails": true}', "Literal")], [publish]), { pipelineType: "V2" });
    await client.send(new UpdatePipelineCommand(wished as never));
    await client.send(new StartPipelineExecutionCommand({ name: "app" }));
    expect(await ended()).toBe("Failed");
    expect((await failures())[0]).toEqual({
      code: "JobFailed",
      message: "The execution ended with the status FAILED: TooBad: it said so",
    });
  });

  it("begins an express state machine, and does not wait for it", async () => {
    await put("a", "b");
    const definition = JSON.stringify({ StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 60, End: true } } });
    const machine = { name: "fast", definition, roleArn: await stateRole(), type: "EXPRESS" } as const;
    const { stateMachineArn = "" } = await cloud.client(SFNClient).send(new CreateStateMachineCommand(machine));
    const configuration = { StateMachineArn: stateMachineArn };
    await create([[action("Invoke", "StepFunctions", { configuration, inputArtifacts: [] })]]);
    expect([await ended(), await failures()]).toEqual(["Succeeded", []]);
    expect((await actions())[0]?.output?.outputVariables).toEqual(configuration);
  });
});

const stateRole = () => serviceRole(cloud.client(IAMClient), "states", "states");
