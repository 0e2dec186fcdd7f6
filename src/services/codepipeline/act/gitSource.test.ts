import { CodePipelineClient, CreatePipelineCommand, ListActionExecutionsCommand } from "@aws-sdk/client-codepipeline";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Cloud, startCloud } from "../../../index.ts";
import type { CloudEvent } from "../../../kernel/events.ts";
import { type Action, declared, makeGround } from "../testPipeline.ts";

const CREDENTIALS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };
let cloud: Cloud;
let events: CloudEvent[];
const client = <C>(Client: new (config: object) => C): C =>
  new Client({ endpoint: cloud.endpoint, region: "us-east-1", credentials: CREDENTIALS, forcePathStyle: true });

beforeEach(async () => {
  cloud = await startCloud({ credentials: CREDENTIALS, port: 0, accountId: "123456789012" });
  events = [];
  cloud.events.subscribe((event) => events.push(event));
  await makeGround({ client }, ["*"]);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const api = async (method: string, path: string, body: object): Promise<{ readonly object?: { sha: string } }> => {
  const answer = await fetch(`${cloud.endpoint}/git/api/v3${path}`, {
    method,
    headers: { authorization: `Bearer ${CREDENTIALS.secretAccessKey}` },
    ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.ok, `${method} ${path}`).toBe(true);
  return (await answer.json()) as { object?: { sha: string } };
};
const write = (branch: string, path: string) =>
  api("PUT", `/repos/owner/app/contents/${path}`, { message: path, content: "YQ==", branch });

const source: Action = {
  name: "Source",
  actionTypeId: { category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" },
  configuration: {
    ConnectionArn: "arn:aws:codestar-connections:us-east-1:123456789012:connection/c",
    FullRepositoryId: "owner/app",
    BranchName: "main",
  },
  outputArtifacts: [{ name: "App" }],
};
const publish: Action = {
  name: "Publish",
  actionTypeId: { category: "Deploy", owner: "AWS", provider: "S3", version: "1" },
  configuration: { BucketName: "artifacts", Extract: "false", ObjectKey: "a" },
  inputArtifacts: [{ name: "App" }],
};

/** The variables that the source of each run gave, the last first. */
const variables = async () => {
  await cloud.tasks.idle();
  const listed = await client(CodePipelineClient).send(new ListActionExecutionsCommand({ pipelineName: "app" }));
  const sources = (listed.actionExecutionDetails ?? []).filter(({ actionName }) => actionName === "Source");
  return sources.map(({ output }) => output?.outputVariables ?? {});
};

/** What began the runs that have ended, as the events of their ends tell. */
const triggersTold = () =>
  events
    .filter(
      ({ detailType, detail }) => detailType.startsWith("CodePipeline Pipeline") && detail["state"] === "SUCCEEDED",
    )
    .map(({ detail }) => detail["execution-trigger"]);

it("tells the branch and the pull request that its trigger took the commit from", async () => {
  await api("POST", "/orgs/owner/repos", { name: "app" });
  await write("main", "first");
  const { object } = await api("GET", "/repos/owner/app/git/ref/heads/main", {});
  await api("POST", "/repos/owner/app/git/refs", { ref: "refs/heads/feature/x", sha: object?.sha });
  const gitConfiguration = {
    sourceActionName: "Source",
    push: [{ branches: { includes: ["feature/*"] } }],
    pullRequest: [{ events: ["OPEN" as const] }],
  };
  const stages = [
    { name: "Source", actions: [source] },
    { name: "Deploy", actions: [publish] },
  ];
  const triggers = [{ providerType: "CodeStarSourceConnection" as const, gitConfiguration }];
  await client(CodePipelineClient).send(
    new CreatePipelineCommand(declared(stages, { pipelineType: "V2", executionMode: "QUEUED", triggers })),
  );
  await write("feature/x", "second");
  await api("POST", "/repos/owner/app/pulls", { title: "X", head: "feature/x", base: "main" });
  const of = (BranchName: string, CommitMessage: string, more: object = {}) => ({
    AuthorDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    AuthorDisplayName: expect.any(String),
    AuthorEmail: expect.any(String),
    AuthorId: expect.any(String),
    BranchName,
    CommitId: expect.stringMatching(/^[0-9a-f]{40}$/),
    CommitMessage,
    ConnectionArn: source.configuration?.["ConnectionArn"],
    FullRepositoryName: "owner/app",
    ...more,
  });
  expect(await variables()).toEqual([
    of("feature/x", "second", { PullRequestId: "1", PullRequestTitle: "X" }),
    of("feature/x", "second"),
    of("main", "first"),
  ]);
  const told = {
    "author-date": expect.any(String),
    "author-display-name": expect.any(String),
    "author-email": expect.any(String),
    "author-id": expect.any(String),
    "branch-name": "feature/x",
    "commit-id": expect.stringMatching(/^[0-9a-f]{40}$/),
    "commit-message": "second",
    "connection-arn": source.configuration?.["ConnectionArn"],
    "full-repository-name": "owner/app",
    "provider-type": "GitHub",
  };
  expect(triggersTold()).toEqual([undefined, told, told]);
});
