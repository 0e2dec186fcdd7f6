import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from "@aws-sdk/client-cloudformation";
import { BatchGetReportsCommand, CodeBuildClient, ListReportsCommand } from "@aws-sdk/client-codebuild";
import { CodePipelineClient, ListActionExecutionsCommand } from "@aws-sdk/client-codepipeline";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryDirectory } from "../socket/clouds.ts";
import { aloft, ask, plainEnvironment, run } from "./aloftCli.ts";
import { BROKEN_FACTS, canaryApp, factsOf, PIPELINE } from "./canaryApp.ts";
import { freePort } from "./freePort.ts";

const LIMIT_MS = 300_000;
const [OWNER, REPO] = ["builders", "bridges"];

/** Everything by AWS's own interfaces and git, as the author of such a repository has it; only the time runs faster. */
describe("a repository whose every commit goes through hooks and a canary", () => {
  const folder = temporaryDirectory();
  const clone = join(folder.path, "clone");
  const state = join(folder.path, "state");
  const env = plainEnvironment(join(folder.path, "home"));
  let cli: ReturnType<typeof aloft>;
  let config: { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  let pipeline = "";
  let site = "";
  let queue = "";

  const git = (...args: readonly string[]) => run("git", args, { cwd: clone, env });
  const outputsOf = async (StackName: string) => {
    const { Stacks = [] } = await new CloudFormationClient(config).send(new DescribeStacksCommand({ StackName }));
    const outputs = (Stacks[0]?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]);
    return { status: Stacks[0]?.StackStatus, outputs: Object.fromEntries(outputs) as Record<string, string> };
  };
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), text);
  };
  /** Commits and pushes; git itself waits for the pipeline and tells of it. */
  const push = async (message: string) => {
    await git("add", "--all");
    expect((await git("commit", "--quiet", "--message", message)).status).toBe(0);
    return git("push", "origin", "HEAD:main");
  };
  const actions = async () => {
    const listed = await new CodePipelineClient(config).send(
      new ListActionExecutionsCommand({ pipelineName: pipeline }),
    );
    const all = listed.actionExecutionDetails ?? [];
    const last = all.filter(({ pipelineExecutionId }) => pipelineExecutionId === all[0]?.pipelineExecutionId);
    return Object.fromEntries(
      last.map(({ actionName = "", status, output }) => [
        actionName,
        { status, why: output?.executionResult?.errorDetails?.message },
      ]),
    );
  };
  const edition = async () => {
    const { outputs } = await outputsOf("road-app");
    const { status, body } = await ask(outputs["FactsUrl"] ?? "");
    expect([status, body]).toEqual([200, expect.stringContaining("Forth")]);
    return JSON.parse(body).edition;
  };
  /** Waits for the word of such a deployment; others, of a rollback say, may come before it, for topics keep no order. */
  const told = async (wanted: { readonly status: string; readonly rollback: boolean }): Promise<void> => {
    const sqs = new SQSClient(config);
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queue, WaitTimeSeconds: 20, MaxNumberOfMessages: 1 }),
      );
      const [message] = Messages;
      if (!message) continue;
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle: message.ReceiptHandle }));
      const { status, rollbackInformation = "{}" } = JSON.parse(JSON.parse(message.Body ?? "{}").Message);
      const rollback = "RollbackTriggeringDeploymentId" in JSON.parse(rollbackInformation);
      if (status === wanted.status && rollback === wanted.rollback) return;
    }
  };

  beforeAll(async () => {
    mkdirSync(join(folder.path, "home"));
    cli = aloft({ cwd: folder.path, env, state, port: await freePort(), timeoutMs: LIMIT_MS });
    // A canary of five minutes takes seven seconds and a half.
    const started = await cli("start", "--time-scale", "40");
    expect(started.status, started.all).toBe(0);
    const { endpoint, region } = JSON.parse(readFileSync(join(state, "cloud.json"), "utf8"));
    config = { endpoint, region, credentials: JSON.parse(readFileSync(join(state, "credentials.json"), "utf8")) };
    await new SecretsManagerClient(config).send(
      new CreateSecretCommand({ Name: "github/personal-access-token", SecretString: "a-token-of-the-builders" }),
    );
    await new S3Client({ ...config, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: "road-artifacts" }));
    mkdirSync(clone);
    await git("init", "--quiet", "--initial-branch=main");
    const { host } = new URL(endpoint);
    await git(
      "remote",
      "add",
      "origin",
      `http://aloft:${config.credentials.secretAccessKey}@${host}/git/${OWNER}/${REPO}.git`,
    );
    for (const [path, text] of Object.entries(canaryApp())) write(path, text);
  }, LIMIT_MS);
  afterAll(async () => {
    await cli("stop");
    folder[Symbol.dispose]();
  });

  it("is launched as a stack, and its pipeline brings it to production", { timeout: LIMIT_MS }, async () => {
    await push("Tell of bridges");
    const stacks = new CloudFormationClient(config);
    const parameters = { Bucket: "road-artifacts", Owner: OWNER, Repo: REPO };
    await stacks.send(
      new CreateStackCommand({
        StackName: "road",
        TemplateBody: PIPELINE,
        Capabilities: ["CAPABILITY_IAM"],
        Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        })),
      }),
    );
    await waitUntilStackCreateComplete(
      { client: stacks, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
      { StackName: "road" },
    );
    const { outputs } = await outputsOf("road");
    pipeline = outputs["Pipeline"] ?? "";
    site = outputs["SiteUrl"] ?? "";
    write("functions/facts.mjs", factsOf("second"));
    const pushed = await push("A second edition, which a pipeline sees");
    expect(pushed.status, pushed.all).toBe(0);
    const done = await actions();
    for (const action of ["Package", "Release", "Verify"])
      expect(done[action], pushed.all).toEqual({ status: "Succeeded" });
    expect(await edition()).toBe("second");
    expect(await ask(site)).toMatchObject({ status: 200, body: expect.stringContaining("bridges") });
  });

  it("keeps the results of its API tests as a report", { timeout: LIMIT_MS }, async () => {
    const client = new CodeBuildClient(config);
    const { reports: reportArns = [] } = await client.send(new ListReportsCommand({}));
    const { reports = [] } = await client.send(new BatchGetReportsCommand({ reportArns: reportArns.slice(0, 1) }));
    expect(reports[0]).toMatchObject({ status: "SUCCEEDED", testSummary: { total: 1 } });
  });

  it("stays as it was when the hook before the traffic finds a commit broken", { timeout: LIMIT_MS }, async () => {
    const [sns, sqs] = [new SNSClient(config), new SQSClient(config)];
    const created = await sqs.send(new CreateQueueCommand({ QueueName: "outcomes" }));
    queue = created.QueueUrl ?? "";
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ["QueueArn"] }),
    );
    const Endpoint = Attributes?.["QueueArn"] ?? "";
    const statement = {
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: Endpoint,
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue, Attributes: { Policy } }));
    const { outputs } = await outputsOf("road-app");
    await sns.send(new SubscribeCommand({ TopicArn: outputs["OutcomesTopic"], Protocol: "sqs", Endpoint }));

    write("functions/facts.mjs", BROKEN_FACTS);
    const pushed = await push("Read the bridges from a table that is not there");
    expect(pushed.all).toMatch(/failed/i);
    const { Release, Verify } = await actions();
    expect(Release).toEqual({ status: "Failed", why: expect.stringMatching(/CodeDeployHook_Before_road-app/) });
    expect(Verify).toBeUndefined();
    expect((await outputsOf("road-app")).status).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await edition()).toBe("second");
    await told({ status: "FAILED", rollback: false });
  });

  it("goes on with the commit that mends it", { timeout: LIMIT_MS }, async () => {
    write("functions/facts.mjs", factsOf("third"));
    const pushed = await push("Tell of bridges again");
    expect(pushed.status, pushed.all).toBe(0);
    expect((await outputsOf("road-app")).status).toBe("UPDATE_COMPLETE");
    expect(await edition()).toBe("third");
    await told({ status: "SUCCEEDED", rollback: false });
  });
});
