import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CodePipelineClient, ListPipelineExecutionsCommand } from "@aws-sdk/client-codepipeline";
import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requiresAwsCli, whyNoAwsCli } from "../socket/awsCli.ts";
import { temporaryDirectory } from "../socket/clouds.ts";
import { aloft, ask, type Ended, isHealthy, plainEnvironment, ROOT, run } from "./aloftCli.ts";
import { freePort } from "./freePort.ts";

/** The first build installs the sample's tools from the registry; everything later takes seconds. */
const LIMIT_MS = 600_000;
/** A killed process stops answering within a few of these. */
const MAX_ASKS = 1000;
const PROVIDERS = ["Amazon Web Services", "Google Cloud", "Microsoft Azure"];

interface Launched {
  readonly api: string;
  readonly cloneUrl: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly run: { readonly status: string; readonly stages: readonly { readonly name: string }[] };
}

interface Running {
  readonly pid: number;
  readonly endpoint: string;
  readonly region: string;
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8"));
const rowsAt = async (api: string): Promise<Record<string, unknown>[]> => {
  const { status, body } = await ask(api);
  expect([status, body]).toEqual([200, expect.stringMatching(/^\[/)]);
  return JSON.parse(body);
};
const namesAt = async (api: string) => (await rowsAt(api)).map(({ provider }) => provider);

describe("the main road: launch, push, break, crash, launch again, destroy", () => {
  const folder = temporaryDirectory();
  const state = join(folder.path, "state");
  const clone = join(folder.path, "clone");
  const env = plainEnvironment(join(folder.path, "home"));
  let cli: ReturnType<typeof aloft>;
  let launched: Launched;

  const running = () => readJson<Running>(join(state, "cloud.json"));
  const config = () => ({
    region: running().region,
    endpoint: running().endpoint,
    credentials: { ...readJson<{ accessKeyId: string; secretAccessKey: string }>(join(state, "credentials.json")) },
  });
  const git = (...args: readonly string[]) => run("git", args, { cwd: clone, env });
  const good = (ended: Ended): Ended => {
    expect(ended.status, ended.all).toBe(0);
    return ended;
  };
  const edit = (path: string, from: string, to: string) => {
    const before = readFileSync(join(clone, path), "utf8");
    expect(before).toContain(from);
    writeFileSync(join(clone, path), before.replace(from, to));
  };
  const push = async (message: string): Promise<Ended> => {
    good(await git("commit", "--quiet", "--all", "--message", message));
    return git("push", "origin", "HEAD:main");
  };

  beforeAll(async () => {
    mkdirSync(join(folder.path, "home"));
    cli = aloft({ cwd: folder.path, env, state, port: await freePort(), timeoutMs: LIMIT_MS });
  }, LIMIT_MS);
  afterAll(async () => {
    await cli("stop");
    folder[Symbol.dispose]();
  });

  it("launches with one command, to three rows", { timeout: LIMIT_MS }, async () => {
    const ended = await cli("launch", "--json");
    if (ended.status !== 0) expect.fail(`${ended.all}\n${(await cli("logs")).all}`);
    launched = JSON.parse(ended.stdout);
    expect(launched.run.status).toBe("Succeeded");
    expect(launched.run.stages.map(({ name }) => name)).toEqual(["Source", "Build", "Deploy"]);
    expect(await namesAt(launched.api)).toEqual(PROVIDERS);
  });

  it("serves the site, which asks the API", { timeout: LIMIT_MS }, async () => {
    const site = launched.outputs["SiteUrl"] ?? "";
    expect(await ask(site)).toMatchObject({ status: 200, body: expect.stringContaining("<table") });
    const api = JSON.parse((await ask(new URL("/config.json", site).href)).body).api;
    expect(await namesAt(api)).toEqual(PROVIDERS);
  });

  it("adds a row by POST, and refuses a bad one", { timeout: LIMIT_MS }, async () => {
    const row = { provider: "Example Cloud", launched: 2012, firstService: "Storage", url: "https://cloud.example/" };
    expect((await ask(launched.api, row)).status).toBe(201);
    expect((await ask(launched.api, row)).status).toBe(409);
    expect((await ask(launched.api, { ...row, launched: "soon" })).status).toBe(400);
    expect(await namesAt(launched.api)).toContain("Example Cloud");
  });

  it("deploys a push, telling its stages and the URL", { timeout: LIMIT_MS }, async () => {
    good(await run("git", ["clone", "--quiet", launched.cloneUrl, clone], { cwd: folder.path, env }));
    edit("functions/getData.ts", "return json(200, rows);", 'return json(200, rows, { "x-version": "2" });');
    edit("functions/getData.ts", "a.launched - b.launched", "a.launched - b.launched + 0");
    const pushed = good(await push("Say which version answers"));
    const remote = pushed.all.split("\n").filter((line) => line.startsWith("remote: "));
    for (const stage of ["Source", "Build", "Deploy"])
      expect(
        remote.some((line) => line.includes(stage)),
        pushed.all,
      ).toBe(true);
    expect(
      remote.some((line) => line.includes(launched.api)),
      pushed.all,
    ).toBe(true);
    expect(await headerAt(launched.api, "x-version")).toBe("2");
  });

  it("stops a push whose unit test fails; production stays, and the builders are told", {
    timeout: LIMIT_MS,
  }, async () => {
    const [sns, sqs, pipelines] = [new SNSClient(config()), new SQSClient(config()), new CodePipelineClient(config())];
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "builders" }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    const Endpoint = Attributes?.["QueueArn"] ?? "";
    const TopicArn = launched.outputs["NotificationTopicArn"];
    const allowed = {
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: Endpoint,
      Condition: { ArnEquals: { "aws:SourceArn": TopicArn } },
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [allowed] });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint }));
    edit("functions/getData.ts", "json(200, rows", "json(500, rows");
    const pushed = await push("Break it");
    expect(pushed.all).toMatch(/remote: .*all rows are answered as JSON/);
    expect(pushed.all).toMatch(/remote: .*(Failed|failed)/);
    expect(await headerAt(launched.api, "x-version")).toBe("2");
    const pipelineName = launched.outputs["PipelineName"] ?? "";
    const listed = await pipelines.send(new ListPipelineExecutionsCommand({ pipelineName }));
    expect(listed.pipelineExecutionSummaries?.map(({ status }) => status)).toEqual([
      "Failed",
      "Succeeded",
      "Succeeded",
    ]);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
    expect(Messages?.[0]?.Body).toContain("BuildSAM failed in stage Build");
  });

  it("has everything after a kill and a restart", { timeout: LIMIT_MS }, async () => {
    const before = running();
    process.kill(before.pid, "SIGKILL");
    for (let asks = 0; asks < MAX_ASKS && (await isHealthy(before.endpoint)); asks++) {}
    expect(await isHealthy(before.endpoint)).toBe(false);
    good(await cli("start"));
    expect(running().pid).not.toBe(before.pid);
    expect(await namesAt(launched.api)).toContain("Example Cloud");
    expect(await headerAt(launched.api, "x-version")).toBe("2");
    const status = JSON.parse(good(await cli("status", "--json")).stdout);
    expect(status.stacks).toEqual(
      expect.arrayContaining([
        { name: "cloudproviders", status: "CREATE_COMPLETE" },
        { name: "cloudproviders-app", status: "UPDATE_COMPLETE" },
      ]),
    );
    expect(status.pipelines[0].stages[1]).toEqual({ name: "Build", status: "Failed" });
    edit("functions/getData.ts", "json(500, rows", "json(200, rows");
    edit("functions/getData.ts", '"x-version": "2"', '"x-version": "3"');
    good(await push("Mend it"));
    expect(await headerAt(launched.api, "x-version")).toBe("3");
  });

  it("launches again safely", { timeout: LIMIT_MS }, async () => {
    const again = good(await cli("launch"));
    expect(again.all).toContain("cloudproviders is up to date");
    expect(await headerAt(launched.api, "x-version")).toBe("3");
    expect(await namesAt(launched.api)).toEqual(expect.arrayContaining(PROVIDERS));
  });

  it("destroys what it launched", { timeout: LIMIT_MS }, async () => {
    const destroyed = JSON.parse(good(await cli("destroy", "--json")).stdout);
    expect(destroyed.deleted).toEqual(expect.arrayContaining(["cloudproviders", "cloudproviders-app"]));
    expect((await ask(launched.api)).status).toBe(404);
    expect(JSON.parse(good(await cli("status", "--json")).stdout)).toMatchObject({ stacks: [], pipelines: [] });
  });

  const why = whyNoAwsCli ? ` (${whyNoAwsCli})` : "";
  it.skipIf(whyNoAwsCli && !requiresAwsCli)(
    `launches with AWS CLI calls alone${why}`,
    { timeout: LIMIT_MS },
    async () => {
      const exported = JSON.parse(good(await cli("env", "--json")).stdout);
      const script = join(ROOT, "examples", "cloudproviders", "launch.sh");
      const options = { cwd: folder.path, env: { ...env, ...exported, STACK_NAME: "by-cli", POLL_SECONDS: "1" } };
      const ended = good(await run("bash", [script], { ...options, timeoutMs: LIMIT_MS }));
      expect(ended.all).toContain("by-cli is CREATE_COMPLETE");
      expect(ended.all).toMatch(/pipeline {3}Deploy\/InsertData Succeeded/);
      const api = /^GetDataApi (\S+)$/m.exec(ended.all)?.[1] ?? "";
      expect(await namesAt(api)).toEqual(PROVIDERS);
    },
  );
});

const headerAt = async (url: string, name: string): Promise<string | undefined> => (await ask(url)).headers[name];
