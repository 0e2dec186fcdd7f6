import { CodeDeployClient, CreateApplicationCommand, CreateDeploymentGroupCommand } from "@aws-sdk/client-codedeploy";
import {
  CodePipelineClient,
  CreatePipelineCommand,
  type CreatePipelineCommandInput,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  ListRuleExecutionsCommand,
} from "@aws-sdk/client-codepipeline";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  GetAliasCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { zipOf } from "../artifacts.ts";
import { type Action, declared, makeGround, stagesOf, until } from "../testPipeline.ts";

type Declared = NonNullable<CreatePipelineCommandInput["pipeline"]>;

const CODE = "exports.handler = async () => 1;";
let cloud: TestCloud;
let client: CodePipelineClient;

beforeEach(async () => {
  cloud = await testCloud();
  client = cloud.client(CodePipelineClient);
  await makeGround((Client) => cloud.client(Client as new (config: object) => unknown), ["*"]);
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
const executions = async (pipelineName = "app") =>
  (await client.send(new ListPipelineExecutionsCommand({ pipelineName }))).pipelineExecutionSummaries ?? [];
const actions = async () =>
  (await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }))).actionExecutionDetails ?? [];
const ended = () =>
  until(async () => {
    const [newest] = await executions();
    return newest && newest.status !== "InProgress" ? newest.status : undefined;
  });
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

  it("is for pipelines of type V2, and for commands", async () => {
    const run = action("Compute", "Commands", { commands: ["true"] });
    await expect(create([[run]], { pipelineType: "V1" })).rejects.toMatchObject({
      name: "InvalidActionDeclarationException",
      message: expect.stringContaining("supported for pipelines of type V2 only"),
    });
    await expect(create([[action("Compute", "Commands", {})]])).rejects.toMatchObject({
      message: "Action 'Commands' has no commands",
    });
  });
});

const makeFunction = async () => {
  const iam = cloud.client(IAMClient);
  const Principal = { Service: ["lambda.amazonaws.com", "codedeploy.amazonaws.com"] };
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
  });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: "function", AssumeRolePolicyDocument }));
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "lambda:*", Resource: "*" }],
  });
  await iam.send(new PutRolePolicyCommand({ RoleName: "function", PolicyName: "all", PolicyDocument }));
  const lambda = cloud.client(LambdaClient);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "fn",
      Role: Role?.Arn,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { ZipFile: await zipOf("index.js", CODE) },
      Publish: true,
    }),
  );
  await lambda.send(new CreateAliasCommand({ FunctionName: "fn", Name: "live", FunctionVersion: "1" }));
  return { lambda, roleArn: Role?.Arn };
};

describe("the Lambda deploy action", () => {
  it("publishes the artifact and shifts an alias to it, little by little", async () => {
    const { lambda } = await makeFunction();
    await put("index.js", `${CODE} // two`);
    const configuration = { FunctionName: "fn", FunctionAlias: "live", DeployStrategy: "Canary10Percent5Minutes" };
    await create([[action("Deploy", "Lambda", { configuration })]]);
    const alias = () => lambda.send(new GetAliasCommand({ FunctionName: "fn", Name: "live" }));
    await until(async () => {
      const { RoutingConfig } = await alias();
      return RoutingConfig?.AdditionalVersionWeights?.["2"] === 0.1 || undefined;
    });
    expect((await alias()).FunctionVersion).toBe("1");
    cloud.clock.advance(5 * 60_000);
    expect([await ended(), await failures()]).toEqual(["Succeeded", []]);
    expect(await alias()).toMatchObject({ FunctionVersion: "2" });
    expect((await actions())[0]?.output?.outputVariables).toEqual({ FunctionVersion: "2" });
  });

  it("fails with a strategy that is none", async () => {
    await makeFunction();
    const configuration = { FunctionName: "fn", FunctionAlias: "live", DeployStrategy: "Fast" };
    await create([[action("Deploy", "Lambda", { configuration })]]);
    expect(await ended()).toBe("Failed");
    expect((await failures())[0]).toEqual({ code: "ConfigurationError", message: "Unknown deploy strategy Fast" });
  });
});

describe("the CodeDeploy action", () => {
  it("deploys what the artifact's AppSpec says", async () => {
    const { lambda, roleArn } = await makeFunction();
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

describe("the CodePipeline action", () => {
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

  it("names Step Functions, which this cloud has not", async () => {
    const configuration = { StateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m", Input: "{}" };
    await put("a", "b");
    await create([[action("Invoke", "StepFunctions", { configuration })]]);
    expect(await ended()).toBe("Failed");
    expect((await failures())[0]?.message).toMatch(/states/i);
  });
});
