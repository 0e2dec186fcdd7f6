import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import {
  type CodePipelineClient,
  CreatePipelineCommand,
  type CreatePipelineCommandInput,
  ListActionExecutionsCommand,
  ListDeployActionExecutionTargetsCommand,
} from "@aws-sdk/client-codepipeline";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../test/harness.ts";
import { serviceRole } from "../../../test/serviceRole.ts";
import { zipOf } from "./artifacts.ts";
import { type Action, approvalOf, declared, executionsOf, pipelineCloud, stagesOf } from "./testPipeline.ts";

type Declared = NonNullable<CreatePipelineCommandInput["pipeline"]>;

const ELSEWHERE = "eu-west-1";
const store = (location: string) => ({ type: "S3" as const, location });
const STORES = { "us-east-1": store("artifacts"), [ELSEWHERE]: store("artifacts-elsewhere") };

const stack = (more: Partial<Action> = {}): Action => ({
  name: "Stack",
  region: ELSEWHERE,
  actionTypeId: { category: "Deploy", owner: "AWS", provider: "CloudFormation", version: "1" },
  configuration: {
    ActionMode: "CREATE_UPDATE",
    StackName: "there",
    TemplatePath: "App::template.json",
    RoleArn: "arn:aws:iam::123456789012:role/stack",
    OutputFileName: "outputs.json",
  },
  inputArtifacts: [{ name: "App" }],
  outputArtifacts: [{ name: "Outputs" }],
  ...more,
});
/** Takes at home what was made elsewhere. */
const publish: Action = {
  name: "Publish",
  actionTypeId: { category: "Deploy", owner: "AWS", provider: "S3", version: "1" },
  configuration: { BucketName: "artifacts", Extract: "true", ObjectKey: "published" },
  inputArtifacts: [{ name: "Outputs" }],
};

let cloud: TestCloud;
let client: CodePipelineClient;

beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud(["*"]));
  await serviceRole(cloud.client(IAMClient), "stack", "cloudformation", "sns:*");
  const s3 = cloud.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "artifacts-elsewhere" }));
  const template = { Resources: { Topic: { Type: "AWS::SNS::Topic" } }, Outputs: { Arn: { Value: { Ref: "Topic" } } } };
  const Body = await zipOf("template.json", JSON.stringify(template));
  await s3.send(new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body }));
});
afterEach(() => cloud[Symbol.asyncDispose]());

const create = (stages: Action[][], more: Partial<Declared> = {}) =>
  client.send(
    new CreatePipelineCommand(
      declared(stagesOf(...stages), { artifactStore: undefined, artifactStores: STORES, ...more }),
    ),
  );
const actions = async () =>
  (await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }))).actionExecutionDetails ?? [];

describe("an action in another region", () => {
  it("runs there, on artifacts that were copied there", async () => {
    await create([[stack()], [publish]]);
    await cloud.tasks.idle();
    const [execution] = await executionsOf(client);
    const [published, deployed] = await actions();
    expect([execution?.status, deployed?.output?.executionResult?.errorDetails]).toEqual(["Succeeded", undefined]);
    expect(deployed).toMatchObject({
      input: {
        region: ELSEWHERE,
        inputArtifacts: [{ name: "App", s3location: { bucket: "artifacts-elsewhere" } }],
      },
      output: {
        outputArtifacts: [{ name: "Outputs", s3location: { bucket: "artifacts-elsewhere" } }],
        outputVariables: { Arn: expect.stringContaining(`arn:aws:sns:${ELSEWHERE}:123456789012:`) },
      },
    });
    expect(published?.input?.inputArtifacts).toMatchObject([{ name: "Outputs", s3location: { bucket: "artifacts" } }]);
    const { Stacks } = await cloud
      .client(CloudFormationClient, { region: ELSEWHERE })
      .send(new DescribeStacksCommand({ StackName: "there" }));
    expect(Stacks?.[0]?.StackStatus).toBe("CREATE_COMPLETE");
    const { Contents = [] } = await cloud
      .client(S3Client)
      .send(new ListObjectsV2Command({ Bucket: "artifacts", Prefix: "published/" }));
    expect(Contents.map(({ Key }) => Key)).toEqual(["published/outputs.json"]);
  });

  it.each<[string, Action[][], Partial<Declared>, string, string]>([
    [
      "two kinds of stores",
      [[stack()]],
      { artifactStore: store("artifacts") },
      "InvalidStructureException",
      "either artifactStore or artifactStores, but not both",
    ],
    [
      "no store of its own",
      [[stack()]],
      { artifactStores: undefined, artifactStore: store("artifacts") },
      "InvalidStructureException",
      "must have artifactStores when it contains actions in other regions",
    ],
    [
      "no store of the action's region",
      [[stack({ region: "eu-west-3" })]],
      {},
      "InvalidStructureException",
      "an artifact store for the region eu-west-3",
    ],
    [
      "no store of the pipeline's region",
      [[stack()]],
      { artifactStores: { [ELSEWHERE]: store("artifacts-elsewhere") } },
      "InvalidStructureException",
      "an artifact store for the region us-east-1",
    ],
    [
      "an approval elsewhere",
      [[approvalOf("Ask", { region: ELSEWHERE })]],
      {},
      "InvalidActionDeclarationException",
      "Approval actions provided by Manual cannot be cross-region",
    ],
  ])("is refused with %s", async (_case, stages, more, name, message) => {
    await expect(create(stages, more)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });
});

describe("ListDeployActionExecutionTargets", () => {
  it("tells of a deploy action's targets, of which none of those built has any", async () => {
    await create([[stack()]]);
    await cloud.tasks.idle();
    const [deployed, sourced] = await actions();
    const targets = async (pipelineName: string | undefined, actionExecutionId = "") =>
      (await client.send(new ListDeployActionExecutionTargetsCommand({ pipelineName, actionExecutionId }))).targets;
    expect(await targets("app", deployed?.actionExecutionId)).toEqual([]);
    expect(await targets(undefined, deployed?.actionExecutionId)).toEqual([]);
    await expect(targets("none", deployed?.actionExecutionId)).rejects.toMatchObject({
      name: "PipelineNotFoundException",
    });
    await expect(targets("app", sourced?.actionExecutionId)).rejects.toMatchObject({
      name: "ActionExecutionNotFoundException",
    });
  });
});
