import { CloudFormationClient, DescribeStackResourcesCommand } from "@aws-sdk/client-cloudformation";
import { CodeBuildClient, CreateProjectCommand } from "@aws-sdk/client-codebuild";
import { CodeDeployClient, CreateApplicationCommand, CreateDeploymentGroupCommand } from "@aws-sdk/client-codedeploy";
import {
  type CodePipelineClient,
  CreatePipelineCommand,
  ListActionExecutionsCommand,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { GetRoleCommand, IAMClient, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../../test/harness.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { zipOf } from "../artifacts.ts";
import { type Action, declared, executionsOf, makeFunction, pipelineCloud, source, stagesOf } from "../testPipeline.ts";

const ROLES = "arn:aws:iam::123456789012:role";

let cloud: TestCloud;
let client: CodePipelineClient;

beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud(["*"]));
});
afterEach(() => cloud[Symbol.asyncDispose]());

const put = async (name: string, text: string) =>
  cloud
    .client(S3Client)
    .send(new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body: await zipOf(name, text) }));
const document = (...statements: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements.map((each) => ({ Effect: "Allow", ...each })) });
const role = (name: string, service: string, ...actions: string[]) =>
  serviceRole(cloud.client(IAMClient), name, service, actions);
const deny = async (Action: string, RoleName = "pipeline", Resource = "*") => {
  const PolicyDocument = document({ Effect: "Deny", Action, Resource });
  await cloud.client(IAMClient).send(new PutRolePolicyCommand({ RoleName, PolicyName: "denied", PolicyDocument }));
};
const action = (
  category: "Source" | "Build" | "Deploy" | "Invoke",
  provider: string,
  more: Partial<Action>,
): Action => ({
  name: provider,
  actionTypeId: { category, owner: "AWS", provider, version: "1" },
  inputArtifacts: [{ name: "App" }],
  ...more,
});
/** What the pipeline's last action says of its end. */
const errorOf = async (last: Action, first: Action = source) => {
  const stages = [
    { name: "Source", actions: [first] },
    { name: "Then", actions: [last] },
  ];
  await client.send(new CreatePipelineCommand(declared(stages)));
  await cloud.tasks.idle();
  const { actionExecutionDetails = [] } = await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }));
  return actionExecutionDetails[0]?.output?.executionResult?.errorDetails;
};
const denied = (message: RegExp | string) => ({
  code: "PermissionError",
  message: typeof message === "string" ? message : expect.stringMatching(message),
});

const publish = action("Deploy", "S3", {
  configuration: { BucketName: "artifacts", Extract: "false", ObjectKey: "k" },
});
const stack = (more: Record<string, string> = {}) =>
  action("Deploy", "CloudFormation", {
    configuration: {
      ActionMode: "CREATE_UPDATE",
      StackName: "app",
      TemplatePath: "App::template.json",
      RoleArn: `${ROLES}/stack`,
      ...more,
    },
  });
const TEMPLATE = JSON.stringify({ Resources: { Topic: { Type: "AWS::SNS::Topic" } } });

describe("the pipeline's role may not", () => {
  it("be assumed any more", async () => {
    await client.send(new CreatePipelineCommand(declared(stagesOf([publish]))));
    const PolicyDocument = document({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" });
    await cloud.client(IAMClient).send(new UpdateAssumeRolePolicyCommand({ RoleName: "pipeline", PolicyDocument }));
    await cloud.tasks.idle();
    const { actionExecutionDetails = [] } = await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }));
    expect(actionExecutionDetails[0]?.output?.executionResult?.errorDetails).toEqual(
      denied(
        `The provided role cannot be assumed: 'Access denied when attempting to assume the role '${ROLES}/pipeline''`,
      ),
    );
  });

  it("read the source", async () => {
    await deny("s3:GetObject", "pipeline", "arn:aws:s3:::source/*");
    expect(await errorOf(publish)).toEqual(denied(/not authorized to perform: s3:GetObject on resource/));
  });

  it("store an artifact", async () => {
    await deny("s3:PutObject");
    expect(await errorOf(publish)).toEqual(
      denied(/^The provided role does not have permissions to perform this action\. Underlying error: .*s3:PutObject/),
    );
  });

  it("read an artifact", async () => {
    await deny("s3:GetObject", "pipeline", "arn:aws:s3:::artifacts/*");
    expect(await errorOf(publish)).toEqual(
      denied(
        /^Unable to access the artifact with Amazon S3 object key 'app\/App\/\w{7}' located in the Amazon S3 artifact bucket 'artifacts'\. The provided role does not have sufficient permissions\.$/,
      ),
    );
  });

  it("use a connection", async () => {
    await deny("codestar-connections:UseConnection");
    const ConnectionArn = "arn:aws:codestar-connections:us-east-1:123456789012:connection/c";
    const connection = action("Source", "CodeStarSourceConnection", {
      inputArtifacts: [],
      outputArtifacts: [{ name: "App" }],
      configuration: { ConnectionArn, FullRepositoryId: "o/r", BranchName: "main" },
    });
    expect(await errorOf(publish, connection)).toEqual(
      denied(`Unable to use Connection: ${ConnectionArn}. The provided role does not have sufficient permissions.`),
    );
  });

  it("start a build", async () => {
    await deny("codebuild:StartBuild");
    expect(await errorOf(action("Build", "CodeBuild", { configuration: { ProjectName: "p" } }))).toEqual(
      denied(
        /^Error calling startBuild: User: .* is not authorized to perform: codebuild:StartBuild .*\(Service: AWSCodeBuild; Status Code: 400; Error Code: AccessDeniedException; Request ID: [-0-9a-f]{36}; Proxy: null\)$/,
      ),
    );
  });

  it("pass the stack's role", async () => {
    await put("template.json", TEMPLATE);
    await role("stack", "cloudformation", "sns:*");
    await deny("iam:PassRole", "pipeline", `${ROLES}/stack`);
    expect(await errorOf(stack())).toEqual(denied(/not authorized to perform: iam:PassRole/));
  });

  it("touch stacks", async () => {
    await put("template.json", TEMPLATE);
    await role("stack", "cloudformation", "sns:*");
    await deny("cloudformation:*");
    expect(await errorOf(stack())).toEqual(denied(/not authorized to perform: cloudformation:DescribeStacks/));
  });

  it("delete change sets, which one that had no changes does not need", async () => {
    await role("stack", "cloudformation", "sns:*");
    await deny("cloudformation:DeleteChangeSet");
    await put("template.json", TEMPLATE);
    const changeSet = (ActionMode: string, runOrder: number) => ({
      ...stack({ ActionMode, ChangeSetName: "change" }),
      name: ActionMode,
      runOrder,
    });
    const actions = [changeSet("CHANGE_SET_REPLACE", 1), changeSet("CHANGE_SET_EXECUTE", 2)];
    await client.send(new CreatePipelineCommand(declared(stagesOf(actions))));
    await cloud.tasks.idle();
    await client.send(new StartPipelineExecutionCommand({ name: "app" }));
    await cloud.tasks.idle();
    await put("template.json", TEMPLATE.replace("Topic", "Another"));
    await cloud.tasks.idle();
    expect((await executionsOf(client)).map(({ status }) => status)).toEqual(["Succeeded", "Succeeded", "Succeeded"]);
    const { StackResources } = await cloud
      .client(CloudFormationClient)
      .send(new DescribeStackResourcesCommand({ StackName: "app" }));
    expect(StackResources?.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(["Another"]);
  });

  it("begin a deployment", async () => {
    await put("appspec.yml", "version: 0.0");
    await deny("codedeploy:*");
    const configuration = { ApplicationName: "app", DeploymentGroupName: "group" };
    expect(await errorOf(action("Deploy", "CodeDeploy", { configuration }))).toEqual(
      denied(/not authorized to perform: codedeploy:GetDeploymentGroup/),
    );
  });

  it("invoke a function", async () => {
    await makeFunction(cloud);
    await deny("lambda:InvokeFunction");
    expect(await errorOf(action("Invoke", "Lambda", { configuration: { FunctionName: "fn" } }))).toEqual(
      denied(/not authorized to perform: lambda:InvokeFunction/),
    );
  });
});

describe("an action's own role", () => {
  it("that the pipeline's role may not assume, or that does not trust it", async () => {
    const roleArn = await role("action", "codepipeline", "s3:*");
    await deny("sts:AssumeRole");
    expect(await errorOf({ ...publish, roleArn })).toEqual(
      denied(`The provided role cannot be assumed: 'Access denied when attempting to assume the role '${roleArn}''`),
    );
  });

  it("is what acts, and what must be allowed", async () => {
    const roleArn = await role("action", "codepipeline", "s3:GetObject");
    const { Role } = await cloud.client(IAMClient).send(new GetRoleCommand({ RoleName: "pipeline" }));
    await cloud.client(IAMClient).send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "action",
        PolicyDocument: document({ Principal: { AWS: Role?.Arn }, Action: "sts:AssumeRole" }),
      }),
    );
    expect(await errorOf({ ...publish, roleArn })).toEqual(
      denied(/assumed-role\/action\/app is not authorized to perform: s3:PutObject/),
    );
  });
});

describe("what an action sets going fails by the role it has there", () => {
  it("a stack's role that CloudFormation may not assume", async () => {
    await put("template.json", TEMPLATE);
    await role("stack", "ec2");
    expect((await errorOf(stack()))?.message).toContain(`Role ${ROLES}/stack is invalid or cannot be assumed`);
  });

  it("a stack's role that may not make its resources", async () => {
    await put("template.json", TEMPLATE);
    await role("stack", "cloudformation");
    const error = await errorOf(stack());
    expect(error?.code).toBe("JobFailed");
    expect(error?.message).toMatch(/assumed-role\/stack\/.* is not authorized to perform: SNS:CreateTopic/i);
  });

  it("a build's role that may not read its source", async () => {
    const serviceRole = await role("build", "codebuild", "logs:*");
    await cloud.client(CodeBuildClient).send(
      new CreateProjectCommand({
        name: "app",
        source: { type: "CODEPIPELINE", buildspec: "version: 0.2\nphases: {build: {commands: ['true']}}" },
        artifacts: { type: "CODEPIPELINE" },
        environment: {
          type: "LINUX_CONTAINER",
          image: "aws/codebuild/standard:7.0",
          computeType: "BUILD_GENERAL1_SMALL",
        },
        serviceRole,
      }),
    );
    const error = await errorOf(action("Build", "CodeBuild", { configuration: { ProjectName: "app" } }));
    expect(error).toEqual({
      code: "JobFailed",
      message: expect.stringMatching(
        /^Build terminated with state: FAILED\. Phase: DOWNLOAD_SOURCE, Code: CLIENT_ERROR, Message: .*s3:GetObject/,
      ),
    });
  });

  it("a deployment group's role that may not move the alias", async () => {
    await makeFunction(cloud);
    const serviceRoleArn = await role("group", "codedeploy", "lambda:GetAlias");
    const codedeploy = cloud.client(CodeDeployClient);
    await codedeploy.send(new CreateApplicationCommand({ applicationName: "app", computePlatform: "Lambda" }));
    const place = { applicationName: "app", deploymentGroupName: "group" };
    await codedeploy.send(new CreateDeploymentGroupCommand({ ...place, serviceRoleArn }));
    const Properties = { Name: "fn", Alias: "live", CurrentVersion: "1", TargetVersion: "2" };
    await put(
      "appspec.yml",
      JSON.stringify({ version: 0.0, Resources: [{ fn: { Type: "AWS::Lambda::Function", Properties } }] }),
    );
    const configuration = { ApplicationName: "app", DeploymentGroupName: "group" };
    const error = await errorOf(action("Deploy", "CodeDeploy", { configuration }));
    expect(error?.code).toBe("JobFailed");
    expect(error?.message).toMatch(
      /^The IAM role arn:aws:iam::123456789012:role\/group does not give you permission to perform operations in the following AWS service: AWSLambda\./,
    );
  });
});
