import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { CodeBuildClient, CreateProjectCommand } from "@aws-sdk/client-codebuild";
import { CodeCommitClient, CreateRepositoryCommand } from "@aws-sdk/client-codecommit";
import { CodeDeployClient, CreateApplicationCommand, CreateDeploymentGroupCommand } from "@aws-sdk/client-codedeploy";
import { IAMClient } from "@aws-sdk/client-iam";
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { codeCommitOwner } from "../../src/kernel/gitHost.ts";
import { zipOf } from "../../src/services/codepipeline/artifacts.ts";
import {
  type Action,
  approvalOf,
  CODE,
  type declared,
  makeFunction,
  makeGround,
} from "../../src/services/codepipeline/testPipeline.ts";
import { serviceRole } from "../serviceRole.ts";
import type { BuiltCloud } from "./builtCloud.ts";

const run = promisify(execFile);
const ARN = "arn:aws:iam::123456789012:role";
const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:wait";

/** A pipeline with an action of one kind. */
export interface Kind {
  readonly name: string;
  readonly stages: Parameters<typeof declared>[0];
  /** The action in which the cloud is killed. */
  readonly watched: string;
  /** Whether the action has something done elsewhere, and says where. */
  readonly isElsewhere: boolean;
  /** What its source holds, where that is an object: the name of a file, and its text. */
  readonly file: readonly [string, string];
}

const ELSEWHERE: ReadonlySet<string> = new Set(["CodeBuild", "CodeDeploy", "Commands", "StepFunctions"]);

const TEMPLATE = "Resources: { Topic: { Type: AWS::SNS::Topic }, Queue: { Type: AWS::SQS::Queue } }";
const APP_SPEC = JSON.stringify({
  version: 0.0,
  Resources: [
    {
      fn: {
        Type: "AWS::Lambda::Function",
        Properties: { Name: "fn", Alias: "live", CurrentVersion: "1", TargetVersion: "2" },
      },
    },
  ],
});

const act = (category: string, provider: string, configuration: Record<string, string>, more: object = {}): Action => ({
  name: "Act",
  actionTypeId: { category, owner: "AWS", provider, version: "1" } as NonNullable<Action["actionTypeId"]>,
  configuration,
  ...more,
});
const App = { inputArtifacts: [{ name: "App" }] };
const publish = act("Deploy", "S3", { BucketName: "site", Extract: "true" }, App);

/** Every kind of action: those that end quickly, and those that are held until somebody or something lets them, or a file is at the gate. */
export const kindsOf = (gate: string) => {
  const source = (provider: string, configuration: Record<string, string>, owner = "AWS"): Action => ({
    ...act("Source", provider, configuration, { outputArtifacts: [{ name: "App" }] }),
    name: "Source",
    actionTypeId: { category: "Source", owner: owner as "AWS", provider, version: "1" },
  });
  const of = (name: string, actions: Action[], file: Kind["file"] = ["any.txt", name], first?: Action): Kind => ({
    name,
    stages: [
      { name: "Source", actions: [first ?? source("S3", { S3Bucket: "source", S3ObjectKey: `${name}.zip` })] },
      { name: "Stage", actions },
    ],
    isElsewhere: ELSEWHERE.has(name),
    watched: first ? "Source" : (actions.at(-1)?.name ?? ""),
    file,
  });
  const changeSet = (stack: string) =>
    act(
      "Deploy",
      "CloudFormation",
      {
        ActionMode: "CHANGE_SET_REPLACE",
        StackName: stack,
        ChangeSetName: "change",
        TemplatePath: "App::app.yml",
        RoleArn: `${ARN}/all`,
      },
      App,
    );
  const execute = act("Deploy", "CloudFormation", {
    ActionMode: "CHANGE_SET_EXECUTE",
    StackName: "executed",
    ChangeSetName: "change",
  });
  const commands = [`test -e ${gate} || sleep 300`];
  const deployment = { ApplicationName: "app", DeploymentGroupName: "group" };
  const shift = { FunctionName: "shifted", FunctionAlias: "live", DeployStrategy: "Canary10Percent10Minutes" };
  const quick = [
    of("S3Source", [publish], undefined, source("S3", { S3Bucket: "source", S3ObjectKey: "S3Source.zip" })),
    of(
      "GitHub",
      [publish],
      undefined,
      source("GitHub", { Owner: "owner", Repo: "app", Branch: "main", OAuthToken: "any" }, "ThirdParty"),
    ),
    of("CodeCommit", [publish], undefined, source("CodeCommit", { RepositoryName: "app", BranchName: "main" })),
    of("ChangeSet", [changeSet("made")], ["app.yml", TEMPLATE]),
    of("Execute", [changeSet("executed"), { ...execute, name: "Execute", runOrder: 2 }], ["app.yml", TEMPLATE]),
    of("S3Deploy", [publish]),
  ];
  const held = [
    of("CodeBuild", [act("Build", "CodeBuild", { ProjectName: "waits" }, App)]),
    of("Commands", [act("Compute", "Commands", {}, { ...App, commands, configuration: undefined })]),
    of("CodeDeploy", [act("Deploy", "CodeDeploy", deployment, App)], ["appspec.yml", APP_SPEC]),
    of("LambdaDeploy", [act("Deploy", "Lambda", shift, App)], ["index.js", `${CODE} // two`]),
    of("Lambda", [act("Invoke", "Lambda", { FunctionName: "answers" })]),
    of("StepFunctions", [act("Invoke", "StepFunctions", { StateMachineArn: MACHINE })]),
    of("Approval", [approvalOf("Act")]),
  ];
  return { quick, held };
};

/** Says that its job is done once there is a file at the gate. */
const answering = (gate: string): string => `
  const { existsSync } = require("node:fs");
  const { CodePipelineClient, PutJobSuccessResultCommand } = require("@aws-sdk/client-codepipeline");
  exports.handler = async ({ "CodePipeline.job": { id } }) => {
    while (!existsSync(${JSON.stringify(gate)})) await new Promise((resolve) => setTimeout(resolve, 20));
    await new CodePipelineClient({}).send(new PutJobSuccessResultCommand({ jobId: id }));
  };`;

/** All that the pipelines of these kinds need. */
export const makeGroundOf = async (
  cloud: BuiltCloud,
  folder: string,
  gate: string,
  kinds: readonly Kind[],
): Promise<void> => {
  await makeGround(cloud, ["*"]);
  const s3 = cloud.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "site" }));
  for (const { name, file } of kinds)
    await s3.send(new PutObjectCommand({ Bucket: "source", Key: `${name}.zip`, Body: await zipOf(...file) }));
  await makeRole(cloud);
  await makeFunctions(cloud, gate);
  await makeRest(cloud, kinds);
  await pushBoth(cloud, folder);
};

const makeRole = async (cloud: BuiltCloud): Promise<void> => {
  await serviceRole(cloud.client(IAMClient), "all", ["cloudformation", "codebuild", "states", "lambda"], "*");
};

const makeFunctions = async (cloud: BuiltCloud, gate: string): Promise<void> => {
  const { lambda } = await makeFunction(cloud);
  const ZipFile = await zipOf("index.js", `${CODE} // two`);
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "fn", ZipFile, Publish: true }));
  for (const [FunctionName, code] of [
    ["shifted", CODE],
    ["answers", answering(gate)],
  ] as const) {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: `${ARN}/all`,
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Code: { ZipFile: await zipOf("index.js", code) },
        Timeout: 30,
        Publish: true,
      }),
    );
    await cloud.client(LambdaClient).send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
  }
};

const makeRest = async (cloud: BuiltCloud, kinds: readonly Kind[]): Promise<void> => {
  const codedeploy = cloud.client(CodeDeployClient);
  await codedeploy.send(new CreateApplicationCommand({ applicationName: "app", computePlatform: "Lambda" }));
  await codedeploy.send(
    new CreateDeploymentGroupCommand({
      applicationName: "app",
      deploymentGroupName: "group",
      serviceRoleArn: `${ARN}/function`,
      deploymentConfigName: "CodeDeployDefault.LambdaCanary10Percent10Minutes",
      deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
    }),
  );
  const definition = JSON.stringify({ StartAt: "W", States: { W: { Type: "Wait", Seconds: 600, End: true } } });
  await cloud
    .client(SFNClient)
    .send(new CreateStateMachineCommand({ name: "wait", definition, roleArn: `${ARN}/all` }));
  const { commands } = kinds.find(({ name }) => name === "Commands")?.stages[1]?.actions?.[0] ?? {};
  await cloud.client(CodeBuildClient).send(
    new CreateProjectCommand({
      name: "waits",
      source: { type: "CODEPIPELINE", buildspec: JSON.stringify({ version: "0.2", phases: { build: { commands } } }) },
      artifacts: { type: "CODEPIPELINE" },
      environment: {
        type: "LINUX_CONTAINER",
        image: "aws/codebuild/standard:7.0",
        computeType: "BUILD_GENERAL1_SMALL",
      },
      serviceRole: `${ARN}/all`,
    }),
  );
};

/** The same commit for the GitHub source and for CodeCommit. */
const pushBoth = async ({ endpoint, secret, client }: BuiltCloud, folder: string): Promise<void> => {
  const cwd = join(folder, "clone");
  mkdirSync(cwd);
  const identity = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"];
  const git = (...args: string[]) =>
    run("git", [...identity, ...args], {
      cwd,
      env: { PATH: process.env["PATH"], HOME: cwd, GIT_TERMINAL_PROMPT: "0" },
    });
  await git("init", "-q");
  writeFileSync(join(cwd, "file"), "any");
  await git("add", "-A");
  await git("commit", "-q", "-m", "one");
  const { port } = new URL(endpoint);
  await client(CodeCommitClient).send(new CreateRepositoryCommand({ repositoryName: "app" }));
  for (const owner of ["owner", codeCommitOwner({ account: "123456789012", region: "us-east-1" })])
    await git("push", "-q", `http://x:${secret}@127.0.0.1:${port}/git/${owner}/app.git`, "main");
};
