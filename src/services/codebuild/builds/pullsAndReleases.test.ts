import {
  BatchGetBuildsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  CreateWebhookCommand,
  ListBuildsForProjectCommand,
  StartBuildCommand,
  UpdateWebhookCommand,
  type WebhookFilter,
} from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { type Cloud, startCloud } from "../../../index.ts";

const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };
let cloud: Cloud;
let client: CodeBuildClient;
/** The name of the test's own project and repository: they all share the cloud. */
let app = "";
let made = 0;
/** The commit that the branch `work` begins with. */
let first = "";

beforeAll(async () => {
  cloud = await startCloud({ credentials, port: 0 });
  const config = { region: "us-east-1", endpoint: cloud.endpoint, credentials };
  client = new CodeBuildClient(config);
  await serviceRole(new IAMClient(config), "build", "codebuild", "*");
});
afterAll(() => cloud[Symbol.asyncDispose]());

beforeEach(async () => {
  app = `app${++made}`;
  const buildspec = JSON.stringify({
    version: "0.2",
    env: { "exported-variables": NAMES.map((name) => `CODEBUILD_WEBHOOK_${name}`) },
    phases: { build: { commands: ["test -f work.txt"] } },
  });
  await client.send(
    new CreateProjectCommand({
      name: app,
      source: { type: "GITHUB", location: `https://github.com/owner/${app}.git`, buildspec },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: { type: "LINUX_CONTAINER", image: "i", computeType: "BUILD_GENERAL1_SMALL" },
      serviceRole: "build",
    }),
  );
  await api("POST", "/orgs/owner/repos", { name: app });
  const sha = await write("main", "README.md");
  await repository("POST", "/git/refs", { ref: "refs/heads/work", sha });
  first = await write("work", "work.txt");
});

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
const repository = (method: string, path: string, body?: object) => api(method, `/repos/owner/${app}${path}`, body);
/** Commits a file to a branch; gives the commit's id. */
const write = async (branch: string, path: string) => {
  const put = { message: "more", content: "YQ==", branch };
  const { commit } = (await repository("PUT", `/contents/${path}`, put)) as { commit: { sha: string } };
  return commit.sha;
};
const watch = async (...groups: WebhookFilter[][]) => {
  const input = { projectName: app, filterGroups: groups };
  await client.send(new CreateWebhookCommand(input)).catch(() => client.send(new UpdateWebhookCommand(input)));
};
const event = (pattern: string) => ({ type: "EVENT" as const, pattern });

/** What was built, the oldest first: its version, how it ended, and what its webhook's variables said. */
const built = async () => {
  await cloud.tasks.idle();
  const { ids = [] } = await client.send(new ListBuildsForProjectCommand({ projectName: app, sortOrder: "ASCENDING" }));
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
    await repository("POST", "/pulls", { title: "Work", head: "work", base: "main" });
    await write("work", "again.txt");
    await repository("PATCH", "/pulls/1", { state: "closed" });
    await repository("PATCH", "/pulls/1", { state: "open" });
    await repository("PUT", "/pulls/1/merge", {});
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
    await repository("POST", "/pulls", { title: "Work", head: "work", base: "main" });
    expect(await built()).toEqual([]);
  });

  it("is refused where every one waits for a comment", async () => {
    await expect(
      client.send(
        new CreateWebhookCommand({
          projectName: app,
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
      repository("POST", "/releases", { tag_name, target_commitish: "work", ...more });
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
    const last = await write("work", "again.txt");
    await repository("POST", "/git/refs", { ref: "refs/tags/v1", sha: last });
    await repository("POST", "/pulls", { title: "Work", head: "work", base: "main" });
    const wanted: [sourceVersion: string, resolved: string | undefined, gitCloneDepthOverride?: number][] = [
      ...["work", "v1", last, "pr/1", "refs/pull/1/head", `refs/tags/v1^{${last}}`].map((of): [string, string] => [
        of,
        last,
      ]),
      [`refs/heads/work^{${first}}`, first],
      [`refs/pull/1/head^{${first}}`, first],
      [`refs/heads/work^{${first}}`, first, 1],
      ["no-such-branch", undefined],
    ];
    const ids: string[] = [];
    for (const [sourceVersion, , gitCloneDepthOverride] of wanted) {
      const asked = new StartBuildCommand({ projectName: app, sourceVersion, gitCloneDepthOverride });
      ids.push((await client.send(asked)).build?.id ?? "");
    }
    await cloud.tasks.idle();
    const { builds = [] } = await client.send(new BatchGetBuildsCommand({ ids }));
    const found = new Map(builds.map((build) => [build.id, [build.buildStatus, build.resolvedSourceVersion]]));
    expect(wanted.map(([version], index) => [version, ...(found.get(ids[index]) ?? [])])).toEqual(
      wanted.map(([version, commit]) => [version, commit === undefined ? "FAILED" : "SUCCEEDED", commit]),
    );
  });
});
