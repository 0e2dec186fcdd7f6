import {
  BatchGetBuildsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  CreateWebhookCommand,
  ListBuildsCommand,
  StartBuildCommand,
  UpdateWebhookCommand,
  type WebhookFilter,
} from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { type Cloud, startCloud } from "../../../index.ts";

const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };
let cloud: Cloud;
let client: CodeBuildClient;

beforeEach(async () => {
  cloud = await startCloud({ credentials, port: 0 });
  const config = { region: "us-east-1", endpoint: cloud.endpoint, credentials };
  client = new CodeBuildClient(config);
  await serviceRole(new IAMClient(config), "build", "codebuild", "*");
  const buildspec = JSON.stringify({
    version: "0.2",
    env: { "exported-variables": NAMES.map((name) => `CODEBUILD_WEBHOOK_${name}`) },
    phases: { build: { commands: ["test -f work.txt"] } },
  });
  await client.send(
    new CreateProjectCommand({
      name: "app",
      source: { type: "GITHUB", location: "https://github.com/owner/app.git", buildspec },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: { type: "LINUX_CONTAINER", image: "i", computeType: "BUILD_GENERAL1_SMALL" },
      serviceRole: "build",
    }),
  );
  await api("POST", "/orgs/owner/repos", { name: "app" });
  await write("main", "README.md");
  const { sha } = (await api("GET", "/repos/owner/app/commits/main")) as { sha: string };
  await api("POST", "/repos/owner/app/git/refs", { ref: "refs/heads/work", sha });
  await write("work", "work.txt");
});
afterEach(() => cloud[Symbol.asyncDispose]());

const NAMES = ["EVENT", "TRIGGER", "HEAD_REF", "BASE_REF"];

const api = async (method: string, path: string, body?: object): Promise<unknown> => {
  const answer = await fetch(`${cloud.endpoint}/git/api/v3${path}`, {
    method,
    headers: { authorization: "Bearer root-secret" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
};
const write = (branch: string, path: string) =>
  api("PUT", `/repos/owner/app/contents/${path}`, { message: "more", content: "YQ==", branch });
const watch = async (...groups: WebhookFilter[][]) => {
  const input = { projectName: "app", filterGroups: groups };
  await client.send(new CreateWebhookCommand(input)).catch(() => client.send(new UpdateWebhookCommand(input)));
};
const event = (pattern: string) => ({ type: "EVENT" as const, pattern });

/** What was built, the oldest first: its version, how it ended, and what its webhook's variables said. */
const built = async () => {
  await cloud.tasks.idle();
  const { ids = [] } = await client.send(new ListBuildsCommand({ sortOrder: "ASCENDING" }));
  const { builds = [] } = ids.length === 0 ? {} : await client.send(new BatchGetBuildsCommand({ ids }));
  return builds.map(({ sourceVersion, buildStatus, exportedEnvironmentVariables = [] }) =>
    [sourceVersion, buildStatus, ...exportedEnvironmentVariables.map(({ value }) => value)].join(" "),
  );
};

describe("a webhook of pull requests", () => {
  it("builds what is asked to be merged, as it is opened, goes on, and is merged", async () => {
    const main = { type: "BASE_REF" as const, pattern: "^refs/heads/main$" };
    await watch(
      [event("PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED, PULL_REQUEST_MERGED"), main],
      [event("PULL_REQUEST_REOPENED"), { type: "FILE_PATH", pattern: "^no$" }],
    );
    await api("POST", "/repos/owner/app/pulls", { title: "Work", head: "work", base: "main" });
    await write("work", "again.txt");
    await api("PATCH", "/repos/owner/app/pulls/1", { state: "closed" });
    await api("PATCH", "/repos/owner/app/pulls/1", { state: "open" });
    await api("PUT", "/repos/owner/app/pulls/1/merge", {});
    const asked = "pr/1 refs/heads/work refs/heads/main";
    expect(await built()).toEqual([
      `pr/1 SUCCEEDED PULL_REQUEST_CREATED ${asked}`,
      `pr/1 SUCCEEDED PULL_REQUEST_UPDATED ${asked}`,
      `pr/1 SUCCEEDED PULL_REQUEST_MERGED ${asked}`,
    ]);
  });

  it("looks at base and head, and at no push", async () => {
    await watch([
      event("PULL_REQUEST_CREATED"),
      { type: "HEAD_REF", pattern: "^refs/heads/work$", excludeMatchedPattern: true },
    ]);
    await write("main", "more.md");
    await api("POST", "/repos/owner/app/pulls", { title: "Work", head: "work", base: "main" });
    expect(await built()).toEqual([]);
  });

  it("is refused where every one waits for a comment", async () => {
    await expect(
      client.send(
        new CreateWebhookCommand({
          projectName: "app",
          pullRequestBuildPolicy: { requiresCommentApproval: "ALL_PULL_REQUESTS" },
        }),
      ),
    ).rejects.toMatchObject({ name: "NotImplemented" });
  });
});

describe("a webhook of releases", () => {
  it("builds the tag of what is released, by its name or its tag", async () => {
    await watch(
      [event("RELEASED"), { type: "TAG_NAME", pattern: "^v1" }],
      [event("PRERELEASED"), { type: "RELEASE_NAME", pattern: "beta" }],
    );
    const release = (tag_name: string, more: object = {}) =>
      api("POST", "/repos/owner/app/releases", { tag_name, target_commitish: "work", ...more });
    await release("v1.0");
    await release("v2.0");
    await release("v3.0", { name: "a beta", prerelease: true });
    expect(await built()).toEqual([
      "v1.0 SUCCEEDED RELEASED tag/v1.0 refs/tags/v1.0 ",
      "v3.0 SUCCEEDED PRERELEASED tag/v3.0 refs/tags/v3.0 ",
    ]);
  });
});

// https://docs.aws.amazon.com/codebuild/latest/userguide/sample-source-version.html
describe("a build's source version", () => {
  it("may be a branch, a tag, a commit, a pull request, or a reference with a commit of it", async () => {
    const commitOf = async (name: string) =>
      ((await api("GET", `/repos/owner/app/commits/${name}`)) as { sha: string }).sha;
    const first = await commitOf("work");
    await write("work", "again.txt");
    const last = await commitOf("work");
    await api("POST", "/repos/owner/app/git/refs", { ref: "refs/tags/v1", sha: last });
    await api("POST", "/repos/owner/app/pulls", { title: "Work", head: "work", base: "main" });
    const resolved = async (sourceVersion: string, gitCloneDepthOverride?: number) => {
      const { build } = await client.send(
        new StartBuildCommand({
          projectName: "app",
          sourceVersion,
          ...(gitCloneDepthOverride ? { gitCloneDepthOverride } : {}),
        }),
      );
      await cloud.tasks.idle();
      const { builds } = await client.send(new BatchGetBuildsCommand({ ids: [build?.id ?? ""] }));
      return [builds?.[0]?.buildStatus, builds?.[0]?.resolvedSourceVersion];
    };
    for (const version of ["work", "v1", last, "pr/1", "refs/pull/1/head", `refs/tags/v1^{${last}}`])
      expect(await resolved(version), version).toEqual(["SUCCEEDED", last]);
    for (const reference of ["refs/heads/work", "refs/pull/1/head"])
      expect(await resolved(`${reference}^{${first}}`), reference).toEqual(["SUCCEEDED", first]);
    expect(await resolved(`refs/heads/work^{${first}}`, 1)).toEqual(["SUCCEEDED", first]);
    expect(await resolved("no-such-branch")).toEqual(["FAILED", undefined]);
  });
});
