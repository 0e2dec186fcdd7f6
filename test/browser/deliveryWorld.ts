import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from "@aws-sdk/client-cloudformation";
import { type Cloud, startCloud } from "../../src/index.ts";

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, "..", "..");

/** A cloud with a pipeline of its own: source, build, a person's approval, a stack. */
export interface DeliveryWorld extends AsyncDisposable {
  readonly cloud: Cloud;
  /** The working tree that is pushed. */
  readonly folder: string;
  /** Commits files and pushes them; returns when the push was taken. */
  push(message: string, files?: Readonly<Record<string, string>>): Promise<void>;
  /** Makes the pipeline, which runs at once. */
  createPipeline(): Promise<void>;
}

/** The application that is delivered: an API, a function, a table. */
export const APPLICATION = `
Transform: AWS::Serverless-2016-10-31
Description: facts about the sky
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
  Facts:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: name, AttributeType: S }]
      KeySchema: [{ AttributeName: name, KeyType: HASH }]
  GetFacts:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: |
        const { DynamoDBClient, ScanCommand } = require("@aws-sdk/client-dynamodb");
        exports.handler = async () => {
          await new DynamoDBClient().send(new ScanCommand({ TableName: process.env.TABLE }));
          return { sky: "blue" };
        };
      Environment: { Variables: { TABLE: !Ref Facts } }
      Policies: [{ DynamoDBReadPolicy: { TableName: !Ref Facts } }]
      Events: { Get: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: GET, Path: /facts } } }
Outputs:
  Url: { Value: !Sub "\${Api.ApiEndpoint}/facts" }
`;

const BUILDSPEC = `
version: 0.2
phases:
  build:
    commands:
      - echo "looking at the sky"
      - test ! -e broken
artifacts:
  files: [template.yml]
`;

const trust = (service: string) =>
  `{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: ${service} }, Action: sts:AssumeRole }] }`;
const role = (service: string) => `
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${trust(service)}
      Policies: [{ PolicyName: all, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "*", Resource: "*" }] } }]`;
const action = (name: string, type: string, order: number, more: string) =>
  `{ Name: ${name}, RunOrder: ${order}, ActionTypeId: { ${type}, Version: "1" }, ${more} }`;

const pipelineTemplate = (token: string): string => `
Resources:
  Artifacts: { Type: AWS::S3::Bucket }
  PipelineRole:${role("codepipeline.amazonaws.com")}
  BuildRole:${role("codebuild.amazonaws.com")}
  StackRole:${role("cloudformation.amazonaws.com")}
  Check:
    Type: AWS::CodeBuild::Project
    Properties:
      Name: check
      ServiceRole: !GetAtt BuildRole.Arn
      Source: { Type: CODEPIPELINE }
      Artifacts: { Type: CODEPIPELINE }
      Environment: { Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: "aws/codebuild/standard:7.0" }
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Name: sky
      PipelineType: V2
      RoleArn: !GetAtt PipelineRole.Arn
      ArtifactStore: { Type: S3, Location: !Ref Artifacts }
      Stages:
        - Name: Source
          Actions:
            - ${action("Source", "Category: Source, Owner: ThirdParty, Provider: GitHub", 1, `OutputArtifacts: [{ Name: App }], Configuration: { Owner: owner, Repo: sky, Branch: main, OAuthToken: "${token}" }`)}
        - Name: Build
          Actions:
            - ${action("Check", "Category: Build, Owner: AWS, Provider: CodeBuild", 1, "InputArtifacts: [{ Name: App }], OutputArtifacts: [{ Name: Built }], Configuration: { ProjectName: check }")}
        - Name: Production
          Actions:
            - ${action("Approve", "Category: Approval, Owner: AWS, Provider: Manual", 1, 'Configuration: { CustomData: "Is the sky clear?", ExternalEntityLink: "https://example.com/sky" }')}
            - ${action("Changes", "Category: Deploy, Owner: AWS, Provider: CloudFormation", 2, 'InputArtifacts: [{ Name: Built }], Configuration: { ActionMode: CHANGE_SET_REPLACE, StackName: sky-app, ChangeSetName: changes, TemplatePath: "Built::template.yml", RoleArn: !GetAtt StackRole.Arn, Capabilities: "CAPABILITY_IAM,CAPABILITY_AUTO_EXPAND" }')}
            - ${action("Deploy", "Category: Deploy, Owner: AWS, Provider: CloudFormation", 3, "Configuration: { ActionMode: CHANGE_SET_EXECUTE, StackName: sky-app, ChangeSetName: changes }")}
`;

/** Builds the console, unless it is built from the source as it is. */
export const buildConsole = (): void => {
  const built = spawnSync(process.execPath, [join(ROOT, "scripts", "buildConsole.mjs")], { stdio: "inherit" });
  if (built.status !== 0) throw new Error("the console could not be built");
};

/** Builds the console unless it is built, and starts a cloud with a repository in it. */
export const deliveryWorld = async (): Promise<DeliveryWorld> => {
  buildConsole();
  const cloud = await startCloud();
  const folder = mkdtempSync(join(tmpdir(), "aloft-console-"));
  const token = cloud.credentials.secretAccessKey;
  const remote = `http://x:${encodeURIComponent(token)}@127.0.0.1:${cloud.port}/git/owner/sky.git`;
  const git = (...args: readonly string[]) =>
    run("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "init.defaultBranch=main", ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: folder, GIT_TERMINAL_PROMPT: "0" },
    });
  const push: DeliveryWorld["push"] = async (message, files = {}) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    await git("add", "--all");
    await git("commit", "--quiet", "--message", message);
    await git("push", "--push-option", "nowait", remote, "main");
  };
  await git("init", "--quiet");
  await push("Look up", { "template.yml": APPLICATION, "buildspec.yml": BUILDSPEC });
  return {
    cloud,
    folder,
    push,
    createPipeline: async () => {
      const { endpoint, region, credentials } = cloud;
      const client = new CloudFormationClient({ endpoint, region, credentials });
      const StackName = "sky-delivery";
      const TemplateBody = pipelineTemplate(token);
      await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ["CAPABILITY_IAM"] }));
      await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName });
    },
    [Symbol.asyncDispose]: async () => {
      await cloud[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
};
