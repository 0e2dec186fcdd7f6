import {
  CodePipelineClient,
  type CreatePipelineCommandInput,
  GetPipelineStateCommand,
  ListPipelineExecutionsCommand,
} from "@aws-sdk/client-codepipeline";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateAliasCommand, CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type TestCloud, testCloud } from "../../../test/harness.ts";
import { serviceRole } from "../../../test/serviceRole.ts";
import type { CloudEvent } from "../../kernel/events.ts";
import { zipOf } from "./artifacts.ts";

type Declared = NonNullable<CreatePipelineCommandInput["pipeline"]>;
type Stage = NonNullable<Declared["stages"]>[number];
export type Action = NonNullable<Stage["actions"]>[number];

export const ROLE = "arn:aws:iam::123456789012:role/pipeline";

/** A cloud with the ground for pipelines, and what it has announced since. */
export const pipelineCloud = async (actions?: readonly string[]) => {
  const cloud = await testCloud();
  await makeGround(cloud, actions);
  const events: CloudEvent[] = [];
  cloud.events.subscribe((event) => events.push(event));
  return { cloud, client: cloud.client(CodePipelineClient), events };
};

/** A role for pipelines, an artifact bucket, and a versioned bucket with a source. */
export const makeGround = async (
  cloud: Pick<TestCloud, "client">,
  actions: readonly string[] = ["s3:*"],
): Promise<void> => {
  await serviceRole(cloud.client(IAMClient), "pipeline", "codepipeline", actions);
  const s3 = cloud.client(S3Client);
  for (const Bucket of ["artifacts", "source"]) await s3.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket: "source", VersioningConfiguration }));
  await s3.send(new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body: "any" }));
};

export const source: Action = {
  name: "Source",
  actionTypeId: { category: "Source", owner: "AWS", provider: "S3", version: "1" },
  configuration: { S3Bucket: "source", S3ObjectKey: "app.zip" },
  outputArtifacts: [{ name: "App" }],
  namespace: "Src",
};

export const approvalOf = (name: string, more: Partial<Action> = {}): Action => ({
  name,
  actionTypeId: { category: "Approval", owner: "AWS", provider: "Manual", version: "1" },
  ...more,
});

export const stagesOf = (...approvals: readonly (readonly Action[])[]): Stage[] => [
  { name: "Source", actions: [source] },
  ...approvals.map((actions, index) => ({ name: `Stage${index + 1}`, actions: [...actions] })),
];

export const declared = (stages: Stage[], more: Partial<Declared> = {}): CreatePipelineCommandInput => ({
  pipeline: { name: "app", roleArn: ROLE, artifactStore: { type: "S3", location: "artifacts" }, stages, ...more },
});

/** At one a millisecond, as long as a test may take. */
const MAX_TRIES = 30_000;

/** Lets the cloud work until something is so, however busy the machine is; its time stands still meanwhile. */
export const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error("it did not come to be");
};

/** The executions of a pipeline, the newest first. */
export const executionsOf = async (client: CodePipelineClient, pipelineName = "app") =>
  (await client.send(new ListPipelineExecutionsCommand({ pipelineName }))).pipelineExecutionSummaries ?? [];

/** How the newest execution of the pipeline `app` ended, once it has. */
export const endOf = (client: CodePipelineClient) =>
  until(async () => {
    const [newest] = await executionsOf(client);
    return newest && newest.status !== "InProgress" ? newest.status : undefined;
  });

/** The token of an approval, once it is asked for. */
export const tokenOf = (client: CodePipelineClient, action: string): Promise<string> =>
  until(async () => {
    const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: "app" }));
    return stageStates.flatMap(({ actionStates = [] }) => actionStates).find(({ actionName }) => actionName === action)
      ?.latestExecution?.token;
  });

export const CODE = "exports.handler = async () => 1;";

/** A function with an alias, and the role that it and CodeDeploy have. */
export const makeFunction = async (cloud: Pick<TestCloud, "client">, code = CODE) => {
  const roleArn = await serviceRole(cloud.client(IAMClient), "function", ["lambda", "codedeploy"], "lambda:*");
  const lambda = cloud.client(LambdaClient);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "fn",
      Role: roleArn,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { ZipFile: await zipOf("index.js", code) },
      Publish: true,
    }),
  );
  await lambda.send(new CreateAliasCommand({ FunctionName: "fn", Name: "live", FunctionVersion: "1" }));
  return { lambda, roleArn };
};
