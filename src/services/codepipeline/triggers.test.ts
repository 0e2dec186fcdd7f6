import { createHmac } from "node:crypto";
import {
  type CodePipelineClient,
  CreatePipelineCommand,
  type CreatePipelineCommandInput,
  GetPipelineExecutionCommand,
  ListWebhooksCommand,
  PutWebhookCommand,
  StartPipelineExecutionCommand,
  UpdatePipelineCommand,
} from "@aws-sdk/client-codepipeline";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask } from "../../../test/ask.ts";
import type { TestCloud } from "../../../test/harness.ts";
import { serviceRole } from "../../../test/serviceRole.ts";
import type { JsonObject } from "../../kernel/json.ts";
import {
  type Action,
  approvalOf,
  declared,
  executionsOf,
  pipelineCloud,
  source,
  stagesOf,
  until,
} from "./testPipeline.ts";
import { takesPullRequest, takesPush } from "./triggers.ts";

type Trigger = NonNullable<NonNullable<CreatePipelineCommandInput["pipeline"]>["triggers"]>[number];

let cloud: TestCloud;
let client: CodePipelineClient;

const inCloud = () => {
  beforeEach(async () => {
    ({ cloud, client } = await pipelineCloud());
  });
  afterEach(() => cloud[Symbol.asyncDispose]());
};

const connection: Action = {
  name: "Source",
  actionTypeId: { category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" },
  configuration: {
    ConnectionArn: "arn:aws:codestar-connections:us-east-1:123456789012:connection/c",
    FullRepositoryId: "o/r",
    BranchName: "main",
  },
  outputArtifacts: [{ name: "App" }],
};
const trigger = (more: Partial<NonNullable<Trigger["gitConfiguration"]>>): Trigger => ({
  providerType: "CodeStarSourceConnection",
  gitConfiguration: { sourceActionName: "Source", ...more },
});
const create = (triggers: Trigger[]) => {
  const stages = [{ name: "Source", actions: [connection] }, ...stagesOf([approvalOf("Ask")]).slice(1)];
  return client.send(
    new CreatePipelineCommand(declared(stages, { pipelineType: "V2", executionMode: "QUEUED", triggers })),
  );
};
const runs = () => executionsOf(client);
const tell = (detailType: string, detail: JsonObject) =>
  cloud.events.emit({
    id: "1",
    time: 0,
    source: "aloft.git",
    detailType,
    account: "123456789012",
    region: "us-east-1",
    resources: [],
    detail: { owner: "o", repository: "r", ...detail },
  });

describe("filters of triggers", () => {
  const takes = (filter: object, ref: string, ...files: string[]) =>
    takesPush([{ ...trigger({ push: [filter] }) }] as never, "Source", { ref, files });

  it.each<[object, string, string[], boolean]>([
    [{ branches: { includes: ["main", "release/*"] } }, "refs/heads/release/1", [], true],
    [{ branches: { includes: ["release/*"] } }, "refs/heads/release/1/x", [], false],
    [{ branches: { includes: ["release/**"], excludes: ["release/old*"] } }, "refs/heads/release/old1", [], false],
    [{ tags: { includes: ["v*"] } }, "refs/tags/v1", [], true],
    [{ tags: { includes: ["v*"] } }, "refs/heads/v1", [], false],
    [{ filePaths: { includes: ["webapp/**"] } }, "refs/heads/any", ["webapp/a/b.js", "README.md"], true],
    [{ filePaths: { includes: ["webapp/**"] } }, "refs/heads/any", ["README.md"], false],
    [{ filePaths: { excludes: ["**/*.md", "*.md"] } }, "refs/heads/any", ["README.md", "docs/a.md"], false],
    [{ branches: { includes: ["main"] }, filePaths: { includes: ["*.ts"] } }, "refs/heads/main", ["a.ts"], true],
  ])("with the filter %j take a push to %s of %j: %s", (filter, ref, files, expected) => {
    expect(takes(filter, ref, ...files)).toBe(expected);
  });

  it("take pull requests by what happens to them, their base and their files", () => {
    const pullRequest = [
      { events: ["OPEN", "UPDATED"], branches: { includes: ["main"] }, filePaths: { includes: ["a/**"] } },
    ];
    const triggers = [trigger({ pullRequest: pullRequest as never })] as never;
    const request = { event: "OPEN", base: "main", files: ["a/b"] } as const;
    expect(takesPullRequest(triggers, "Source", request)).toBe(true);
    expect(takesPullRequest(triggers, "Source", { ...request, event: "CLOSED" })).toBe(false);
    expect(takesPullRequest(triggers, "Source", { ...request, base: "dev" })).toBe(false);
    expect(takesPullRequest(triggers, "Source", { ...request, files: ["b"] })).toBe(false);
    expect(takesPush(triggers, "Source", { ref: "refs/heads/main", files: [] })).toBe(false);
  });
});

describe("triggers of a pipeline", () => {
  inCloud();

  it("start a run for each commit that fits, and for a pull request", async () => {
    const push = [{ branches: { includes: ["main"] }, filePaths: { includes: ["src/**"] } }];
    await create([trigger({ push, pullRequest: [{ events: ["OPEN"] }] })]);
    const changes = { one: ["src/a"], two: ["README.md"], three: ["src/b", "README.md"] };
    tell("Git Push", { ref: "refs/heads/main", commits: ["one", "two", "three"], changes });
    expect(await runs()).toHaveLength(3);
    tell("Git Pull Request", { event: "OPEN", base: "main", commit: "four", files: [] });
    tell("Git Pull Request", { event: "CLOSED", merged: true, base: "main", commit: "four", files: [] });
    expect((await runs()).map(({ trigger: why }) => why?.triggerType)).toEqual([
      "WebhookV2",
      "WebhookV2",
      "WebhookV2",
      "CreatePipeline",
    ]);
  });

  it("take of what is closed the merge alone, and nothing that is opened again", async () => {
    await create([trigger({ pullRequest: [{ branches: { includes: ["main"] } }] })]);
    const happened = (event: string, more: JsonObject) =>
      tell("Git Pull Request", { event, base: "main", commit: "one", files: [], ...more });
    happened("CLOSED", { action: "closed", merged: false });
    happened("OPEN", { action: "reopened" });
    expect(await runs()).toHaveLength(1);
    happened("CLOSED", { action: "closed", merged: true });
    expect(await runs()).toHaveLength(2);
  });

  it("are refused for other sources, twice, and with tags beside branches", async () => {
    await expect(create([trigger({ sourceActionName: "None" })])).rejects.toMatchObject({
      name: "InvalidStructureException",
      message: expect.stringContaining("is not a CodeStarSourceConnection action"),
    });
    await expect(create([trigger({}), trigger({})])).rejects.toMatchObject({
      message: "Source action Source has more than one trigger",
    });
    const push = [{ tags: { includes: ["v*"] }, branches: { includes: ["main"] } }];
    await expect(create([trigger({ push })])).rejects.toMatchObject({
      message: expect.stringContaining("filters tags together with branches"),
    });
  });
});

describe("an S3 source", () => {
  inCloud();

  /** A pipeline that does not look for changes itself. */
  const quiet = () => {
    const action = { ...source, configuration: { ...source.configuration, PollForSourceChanges: "false" } };
    const stages = [{ name: "Source", actions: [action] }, ...stagesOf([approvalOf("Ask")]).slice(1)];
    return declared(stages as never, { pipelineType: "V2", executionMode: "QUEUED" });
  };
  const write = (Body: string, Key = "app.zip") =>
    cloud.client(S3Client).send(new PutObjectCommand({ Bucket: "source", Key, Body }));

  it("starts a run at each new version, unless it is told not to look", async () => {
    const started = declared(stagesOf([approvalOf("Ask")]), { pipelineType: "V2", executionMode: "QUEUED" });
    await client.send(new CreatePipelineCommand(started));
    const { VersionId } = await write("two");
    await until(async () => ((await runs()).length === 2 ? true : undefined));
    const [newest] = await runs();
    expect(newest?.trigger).toEqual({ triggerType: "PollForSourceChanges", triggerDetail: "Source" });
    await until(async () => (await runs())[0]?.sourceRevisions?.[0]?.revisionId === VersionId || undefined);
    await client.send(new UpdatePipelineCommand(quiet() as never));
    await write("three");
    await write("other", "other.zip");
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(await runs()).toHaveLength(2);
  });

  it("is started by a rule on what CloudTrail tells, as the CDK makes it", async () => {
    await client.send(new CreatePipelineCommand(quiet()));
    const RoleArn = await serviceRole(cloud.client(IAMClient), "starter", "events", "codepipeline:*");
    const events = cloud.client(EventBridgeClient);
    const EventPattern = JSON.stringify({
      source: ["aws.s3"],
      "detail-type": ["AWS API Call via CloudTrail"],
      detail: {
        resources: { ARN: ["arn:aws:s3:::source/app.zip"] },
        eventName: ["CompleteMultipartUpload", "CopyObject", "PutObject"],
        requestParameters: { bucketName: ["source"], key: ["app.zip"] },
      },
    });
    await events.send(new PutRuleCommand({ Name: "writes", EventPattern }));
    const Arn = "arn:aws:codepipeline:us-east-1:123456789012:app";
    await events.send(new PutTargetsCommand({ Rule: "writes", Targets: [{ Id: "1", Arn, RoleArn }] }));
    await write("two", "other.zip");
    await write("two");
    await until(async () => ((await runs()).length === 2 ? true : undefined));
    expect((await runs())[0]?.trigger?.triggerType).toBe("CloudWatchEvent");
  });

  it("takes no revision of another kind of source", async () => {
    await client.send(new CreatePipelineCommand(declared(stagesOf([approvalOf("Ask")]))));
    for (const revisionType of ["COMMIT_ID", "IMAGE_DIGEST"] as const) {
      const sourceRevisions = [{ actionName: "Source", revisionType, revisionValue: "abc" }];
      await expect(
        client.send(new StartPipelineExecutionCommand({ name: "app", sourceRevisions })),
      ).rejects.toMatchObject({ name: "ValidationException", message: expect.stringContaining(revisionType) });
    }
  });

  it("takes another key where it allows that", async () => {
    const sourceRevisions = [
      { actionName: "Source", revisionType: "S3_OBJECT_KEY", revisionValue: "other.zip" } as const,
    ];
    await client.send(new CreatePipelineCommand(declared(stagesOf([approvalOf("Ask")]))));
    const start = () => client.send(new StartPipelineExecutionCommand({ name: "app", sourceRevisions }));
    await expect(start()).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("AllowOverrideForS3ObjectKey is not true"),
    });
    const open = { ...source, configuration: { ...source.configuration, AllowOverrideForS3ObjectKey: "true" } };
    const stages = [{ name: "Source", actions: [open] }, ...stagesOf([approvalOf("Ask")]).slice(1)];
    await client.send(new UpdatePipelineCommand(declared(stages as never) as never));
    const { VersionId } = await write("other", "other.zip");
    const { pipelineExecutionId } = await start();
    await until(async () => {
      const found = await client.send(new GetPipelineExecutionCommand({ pipelineName: "app", pipelineExecutionId }));
      return found.pipelineExecution?.artifactRevisions?.[0]?.revisionId === VersionId || undefined;
    });
  });
});

describe("a webhook", () => {
  inCloud();

  const hook = (more: object) =>
    client.send(
      new PutWebhookCommand({
        webhook: {
          name: "hook",
          targetPipeline: "app",
          targetAction: "Source",
          filters: [{ jsonPath: "$.commits[0].ref", matchEquals: "{S3ObjectKey}" }],
          authentication: "GITHUB_HMAC",
          authenticationConfiguration: { SecretToken: "secret" },
          ...more,
        },
      }),
    );
  const post = async (url: string, payload: object, headers: Record<string, string> = {}) => {
    const { host, pathname: path } = new URL(url);
    return (await ask(cloud, { method: "POST", host, path, headers, body: JSON.stringify(payload) })).status;
  };
  const fits = { commits: [{ ref: "app.zip" }] };
  const signed = (payload: object, secret = "secret") => ({
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(JSON.stringify(payload)).digest("hex")}`,
  });

  beforeEach(async () => {
    const mode = { pipelineType: "V2", executionMode: "QUEUED" } as const;
    await client.send(new CreatePipelineCommand(declared(stagesOf([approvalOf("Ask")]), mode)));
  });

  it("starts its pipeline at a signed request that passes its filters", async () => {
    const { webhook } = await hook({});
    const url = webhook?.url ?? "";
    expect(await post(url, fits)).toBe(403);
    expect(await post(url, fits, signed(fits, "wrong"))).toBe(403);
    expect(await runs()).toHaveLength(1);
    expect(await post(url, fits, signed(fits))).toBe(200);
    expect((await runs())[0]?.trigger).toEqual({ triggerType: "Webhook", triggerDetail: webhook?.arn });
    const other = { commits: [] };
    expect(await post(url, other, signed(other))).toBe(200);
    expect(await runs()).toHaveLength(2);
    const { webhooks } = await client.send(new ListWebhooksCommand({}));
    expect(webhooks?.[0]?.lastTriggered).toBeInstanceOf(Date);
    expect(await post(`${url}x`, fits, signed(fits))).toBe(404);
  });

  it.each([
    ["$..ref", "app.zip"],
    ["$.commits[*].ref", "app.zip"],
    ["$.commits[?(@.id == 2)].ref", "app.zip"],
  ])("passes when its filter %s finds what it wants among others", async (jsonPath, matchEquals) => {
    const { webhook } = await hook({ filters: [{ jsonPath, matchEquals }] });
    const none = { commits: [{ id: 1, ref: "other.zip" }] };
    expect(await post(webhook?.url ?? "", none, signed(none))).toBe(200);
    expect(await runs()).toHaveLength(1);
    const one = { commits: [...none.commits, { id: 2, ref: "app.zip" }] };
    expect(await post(webhook?.url ?? "", one, signed(one))).toBe(200);
    expect(await runs()).toHaveLength(2);
  });

  it.each([
    ["a signature without a secret", { authenticationConfiguration: {} }, "Authentication"],
    [
      "a signature with a range",
      { authenticationConfiguration: { SecretToken: "s", AllowedIPRange: "::/0" } },
      "Authentication",
    ],
    ["addresses without a range", { authentication: "IP", authenticationConfiguration: {} }, "Authentication"],
    [
      "a range that is none",
      { authentication: "IP", authenticationConfiguration: { AllowedIPRange: "1.2.3.4/33" } },
      "Authentication",
    ],
    ["a secret for nobody", { authentication: "UNAUTHENTICATED" }, "Authentication"],
    ["a path that is none", { filters: [{ jsonPath: "ref" }] }, "FilterPattern"],
    ["a search that is none", { filters: [{ jsonPath: "$.[?(" }] }, "FilterPattern"],
    ["a search by no expression", { filters: [{ jsonPath: "$..[?(@.a ===== 1)]" }] }, "FilterPattern"],
  ])("is refused with %s", async (_name, more, what) => {
    const name =
      what === "FilterPattern"
        ? "InvalidWebhookFilterPatternException"
        : "InvalidWebhookAuthenticationParametersException";
    await expect(hook(more)).rejects.toMatchObject({ name });
    expect((await client.send(new ListWebhooksCommand({}))).webhooks).toEqual([]);
  });

  it("takes requests by their address, or from anybody", async () => {
    const elsewhere = { authentication: "IP", authenticationConfiguration: { AllowedIPRange: "192.0.2.0/24" } };
    const near = { authentication: "IP", authenticationConfiguration: { AllowedIPRange: "127.0.0.0/8" } };
    const url = (await hook(elsewhere)).webhook?.url ?? "";
    expect(await post(url, fits)).toBe(403);
    await hook(near);
    expect(await post(url, fits)).toBe(200);
    await hook({ authentication: "UNAUTHENTICATED", authenticationConfiguration: {} });
    expect(await post(url, fits)).toBe(200);
    expect(await runs()).toHaveLength(3);
  });
});
