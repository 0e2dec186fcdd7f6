import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  BatchGetBuildsCommand,
  BatchGetProjectsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  CreateWebhookCommand,
  DeleteSourceCredentialsCommand,
  DeleteWebhookCommand,
  ImportSourceCredentialsCommand,
  ListBuildsForProjectCommand,
  ListSourceCredentialsCommand,
  RetryBuildCommand,
  StartBuildCommand,
  StopBuildCommand,
  UpdateProjectCommand,
  UpdateWebhookCommand,
} from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { type Cloud, startCloud } from "../../../index.ts";

const run = promisify(execFile);
const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };

let cloud: Cloud;
let client: CodeBuildClient;
let folder = "";
/** The name of the test's own project and repository: they all share the cloud. */
let app = "";
let made = 0;

beforeAll(async () => {
  cloud = await startCloud({ credentials, port: 0 });
  const config = { region: "us-east-1", endpoint: cloud.endpoint, credentials };
  client = new CodeBuildClient(config);
  await serviceRole(new IAMClient(config), "build", "codebuild", "*");
});
afterAll(() => cloud[Symbol.asyncDispose]());

beforeEach(async () => {
  app = `app${++made}`;
  folder = mkdtempSync(join(tmpdir(), "aloft-webhook-"));
  await client.send(
    new CreateProjectCommand({
      name: app,
      source: { type: "GITHUB", location: `https://github.com/owner/${app}.git` },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: { type: "LINUX_CONTAINER", image: "i", computeType: "BUILD_GENERAL1_SMALL" },
      serviceRole: "build",
    }),
  );
});
afterEach(async () => {
  const { sourceCredentialsInfos = [] } = await client.send(new ListSourceCredentialsCommand({}));
  for (const { arn } of sourceCredentialsInfos) await client.send(new DeleteSourceCredentialsCommand({ arn }));
  rmSync(folder, { recursive: true });
});

const git = (...args: string[]) =>
  run("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main", ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, GIT_TERMINAL_PROMPT: "0" },
  });
const remote = (path: string) => `${cloud.endpoint.replace("//", "//x:root-secret@")}/git/${path}`;
const push = async (command: string, branch = "main") => {
  writeFileSync(join(folder, "buildspec.yml"), `version: 0.2\nphases: { build: { commands: ['${command}'] } }\n`);
  await git("init", "-q");
  await git("add", "-A");
  await git("commit", "-q", "-m", command);
  await git("push", "-q", remote(`owner/${app}.git`), `HEAD:${branch}`);
  await cloud.tasks.idle();
  return (await git("rev-parse", "HEAD")).stdout.trim();
};
const builds = async (projectName = app) => {
  const { ids = [] } = await client.send(new ListBuildsForProjectCommand({ projectName }));
  return ids.length === 0 ? [] : ((await client.send(new BatchGetBuildsCommand({ ids }))).builds ?? []);
};

describe("a webhook", () => {
  it("builds what is pushed to the branches it is for", async () => {
    const filter = (pattern: string) => [
      [{ type: "EVENT", pattern: "PUSH" } as const, { type: "HEAD_REF", pattern } as const],
    ];
    const { webhook } = await client.send(
      new CreateWebhookCommand({ projectName: app, filterGroups: filter("^refs/heads/main$") }),
    );
    expect(webhook).toMatchObject({
      status: "ACTIVE",
      url: expect.stringContaining(`https://api.github.com/repos/owner/${app}/hooks/`),
    });
    const commit = await push("test $CODEBUILD_WEBHOOK_TRIGGER = branch/main -a $CODEBUILD_WEBHOOK_EVENT = PUSH");
    expect(await builds()).toMatchObject([
      {
        buildStatus: "SUCCEEDED",
        initiator: "GitHub-Hookshot/aloft",
        sourceVersion: commit,
        resolvedSourceVersion: commit,
      },
    ]);
    await push("true", "side");
    expect(await builds()).toHaveLength(1);
    await client.send(new UpdateWebhookCommand({ projectName: app, filterGroups: filter("side") }));
    await push("echo side", "side");
    expect(await builds()).toHaveLength(2);
    await client.send(new DeleteWebhookCommand({ projectName: app }));
    await push("echo again", "side");
    expect(await builds()).toHaveLength(2);
  });

  it("asks every filter of a group, and each group", async () => {
    const event = { type: "EVENT", pattern: "PUSH" } as const;
    const files = [event, { type: "FILE_PATH", pattern: "^buildspec\\.yml$" } as const];
    const quiet = [event, { type: "COMMIT_MESSAGE", pattern: "\\[skip\\]", excludeMatchedPattern: true } as const];
    const nobody = [event, { type: "ACTOR_ACCOUNT_ID", pattern: "^somebody$" } as const];
    const base = [event, { type: "BASE_REF", pattern: "." } as const];
    const groups = { projectName: app, filterGroups: [[...files, ...quiet.slice(1)], nobody, base] };
    await client.send(new CreateWebhookCommand(groups));
    await push("echo [skip]");
    expect(await builds()).toHaveLength(0);
    await push("test $CODEBUILD_WEBHOOK_ACTOR_ACCOUNT_ID = a");
    expect(await builds()).toMatchObject([{ buildStatus: "SUCCEEDED" }]);
    await client.send(new UpdateWebhookCommand({ ...groups, filterGroups: [nobody, base] }));
    await push("echo more");
    expect(await builds()).toHaveLength(1);
  });

  it("shows how a branch stands by its badge", async () => {
    const { project } = await client.send(new UpdateProjectCommand({ name: app, badgeEnabled: true }));
    const url = project?.badge?.badgeRequestUrl ?? "";
    const shown = async () => (await fetch(url)).text();
    expect(await shown()).toContain(">unknown</text>");
    await client.send(new CreateWebhookCommand({ projectName: app }));
    await push("true");
    expect(await shown()).toContain(">passing</text>");
    await push("false", "side");
    expect(await shown()).toContain(">passing</text>");
    expect(await (await fetch(url.replace("branch=main", "branch=side"))).text()).toContain(">failing</text>");
    expect((await fetch(url.replace("uuid=", "uuid=x"))).status).toBe(404);
    await client.send(new UpdateProjectCommand({ name: app, badgeEnabled: false }));
    expect((await fetch(url)).status).toBe(404);
  });

  it("builds what lies at any address of Git that answers", async () => {
    await using elsewhere = await startCloud({ credentials, port: 0 });
    await push("test $(git rev-list --count HEAD) = 1 -a $(git rev-parse origin/main) = $(git rev-parse HEAD)");
    await git("push", "-q", `${elsewhere.endpoint.replace("//", "//x:root-secret@")}/git/other/place.git`, "HEAD:main");
    await client.send(
      new UpdateProjectCommand({
        name: app,
        source: { type: "GITHUB_ENTERPRISE", location: `${elsewhere.endpoint}/git/other/place.git` },
      }),
    );
    const run = async () => {
      await client.send(new StartBuildCommand({ projectName: app }));
      await cloud.tasks.idle();
      return (await builds())[0];
    };
    expect((await run())?.phases?.[3]?.contexts?.[0]?.message).toMatch(/^git fetch failed: .* for primary source$/);
    await client.send(
      new ImportSourceCredentialsCommand({
        token: "root-secret",
        serverType: "GITHUB_ENTERPRISE",
        authType: "PERSONAL_ACCESS_TOKEN",
      }),
    );
    expect(await run()).toMatchObject({ buildStatus: "SUCCEEDED" });
    await client.send(
      new UpdateProjectCommand({ name: app, source: { type: "GITHUB", location: "file:///etc/repository.git" } }),
    );
    expect((await run())?.phases?.[3]?.contexts?.[0]).toEqual({
      statusCode: "CLIENT_ERROR",
      message: "invalid repository address file:///etc/repository.git for primary source",
    });
  });

  it("clones with the token that was given, history and all", async () => {
    const token = { token: "root-secret", serverType: "GITHUB", authType: "PERSONAL_ACCESS_TOKEN" } as const;
    await client.send(new ImportSourceCredentialsCommand(token));
    await client.send(new CreateWebhookCommand({ projectName: app, branchFilter: "main" }));
    const commit = await push("test $(git rev-parse HEAD) = $CODEBUILD_RESOLVED_SOURCE_VERSION");
    expect(await builds()).toMatchObject([{ buildStatus: "SUCCEEDED", resolvedSourceVersion: commit }]);
    const { projects = [] } = await client.send(new BatchGetProjectsCommand({ names: [app] }));
    expect(projects[0]?.webhook).toMatchObject({ branchFilter: "main" });
    // The commands' own git has the token as well, where the buildspec says so.
    const asking = (more: object) =>
      new StartBuildCommand({
        projectName: app,
        buildspecOverride: JSON.stringify({
          version: 0.2,
          ...more,
          phases: { build: { commands: [`git ls-remote ${cloud.endpoint}/git/owner/${app}.git`] } },
        }),
      });
    const { build: helped } = await client.send(asking({ env: { "git-credential-helper": "yes" } }));
    await client.send(asking({}));
    await cloud.tasks.idle();
    const ended = (await builds()).slice(0, 2).map(({ id, buildStatus }) => [id === helped?.id, buildStatus]);
    expect(ended).toEqual([
      [false, "FAILED"],
      [true, "SUCCEEDED"],
    ]);
  });

  it("tells the commit what came of it, and of other builds where the project wants so", async () => {
    const statuses = async (commit: string) => {
      const url = `${cloud.endpoint}/git/api/v3/repos/owner/${app}/commits/${commit}/statuses`;
      const answer = await fetch(url, { headers: { authorization: "Bearer root-secret" } });
      const all = (await answer.json()) as { context: string; state: string; target_url: string | null }[];
      return all.map(({ context, state, target_url }) => [context, state, target_url]);
    };
    const commit = await push("false");
    const build = async () => {
      await client.send(new StartBuildCommand({ projectName: app }));
      await cloud.tasks.idle();
    };
    await build();
    expect(await statuses(commit)).toEqual([]);
    const buildStatusConfig = { context: "ci", targetUrl: "https://example.com/ci" };
    const source = {
      type: "GITHUB",
      location: `https://github.com/owner/${app}.git`,
      reportBuildStatus: true,
    } as const;
    await client.send(new UpdateProjectCommand({ name: app, source: { ...source, buildStatusConfig } }));
    await build();
    expect(await statuses(commit)).toEqual([
      ["ci", "failure", "https://example.com/ci"],
      ["ci", "pending", "https://example.com/ci"],
    ]);
    await client.send(new UpdateProjectCommand({ name: app, source: { ...source, reportBuildStatus: false } }));
    await client.send(new CreateWebhookCommand({ projectName: app }));
    expect(await statuses(await push("true"))).toEqual([
      [`AWS CodeBuild us-east-1 (${app})`, "success", null],
      [`AWS CodeBuild us-east-1 (${app})`, "pending", null],
    ]);
  });

  it("clones what is here without a token too, with its submodules and as deep as the project wants", async () => {
    await push("true");
    const part = (await git("rev-parse", "HEAD")).stdout.trim();
    await git("push", "-q", remote("owner/part.git"), "HEAD:main");
    await git("submodule", "--quiet", "add", remote("owner/part.git"), "part");
    await git("config", "-f", ".gitmodules", "submodule.part.url", "https://github.com/owner/part.git");
    await push(`test $(git -C part rev-parse HEAD) = ${part} && test $(git rev-list --count HEAD) = $DEPTH`);
    const build = async (gitCloneDepth: number, fetchSubmodules: boolean, depth: string) => {
      await client.send(
        new StartBuildCommand({
          projectName: app,
          gitCloneDepthOverride: gitCloneDepth,
          gitSubmodulesConfigOverride: { fetchSubmodules },
          environmentVariablesOverride: [{ name: "DEPTH", value: depth }],
        }),
      );
      await cloud.tasks.idle();
      return (await builds())[0]?.buildStatus;
    };
    expect([await build(0, true, "2"), await build(1, true, "1"), await build(0, false, "2")]).toEqual([
      "SUCCEEDED",
      "SUCCEEDED",
      "FAILED",
    ]);
  });

  it("starts no build over the project's limit", async () => {
    await push("true");
    const source = { type: "GITHUB", location: `https://github.com/owner/${app}.git` } as const;
    const more = {
      artifacts: { type: "NO_ARTIFACTS" },
      environment: { type: "LINUX_CONTAINER", image: "i", computeType: "BUILD_GENERAL1_SMALL" },
      serviceRole: "build",
    } as const;
    // It is told after the first one, by its name.
    await client.send(new CreateProjectCommand({ name: "beside", source, ...more }));
    await client.send(new UpdateProjectCommand({ name: app, concurrentBuildLimit: 1 }));
    for (const projectName of [app, "beside"]) await client.send(new CreateWebhookCommand({ projectName }));
    const buildspecOverride = "version: 0.2\nphases: { build: { commands: ['sleep 600'] } }";
    const { build: running } = await client.send(new StartBuildCommand({ projectName: app, buildspecOverride }));
    const told = new Promise<void>((resolve) => {
      cloud.events.subscribe(({ detail }) => detail["project-name"] === "beside" && resolve());
    });
    await git("commit", "-q", "--allow-empty", "-m", "more");
    await git("push", "-q", remote(`owner/${app}.git`), "HEAD:main");
    await told;
    await client.send(new StopBuildCommand({ id: running?.id }));
    await cloud.tasks.idle();
    expect([(await builds()).length, (await builds("beside")).length]).toEqual([1, 1]);
  });

  it("tells a build that is tried again what it told the first, and keeps what an update does not name", async () => {
    const filterGroups = [[{ type: "EVENT" as const, pattern: "PUSH", excludeMatchedPattern: false }]];
    await client.send(new CreateWebhookCommand({ projectName: app, filterGroups, buildType: "BUILD" }));
    const { webhook } = await client.send(new UpdateWebhookCommand({ projectName: app, rotateSecret: true }));
    expect(webhook).toMatchObject({ filterGroups, buildType: "BUILD" });
    await push("test $CODEBUILD_WEBHOOK_TRIGGER = branch/main -a -n $CODEBUILD_WEBHOOK_HEAD_REF");
    const [first] = await builds();
    const { build } = await client.send(new RetryBuildCommand({ id: first?.id }));
    await cloud.tasks.idle();
    expect((await builds()).map(({ id, buildStatus }) => [id, buildStatus])).toEqual([
      [build?.id, "SUCCEEDED"],
      [first?.id, "SUCCEEDED"],
    ]);
    const older = new UpdateWebhookCommand({ projectName: app, branchFilter: "main" });
    expect((await client.send(older)).webhook).toMatchObject({ filterGroups: [], branchFilter: "main" });
  });

  it("is refused when it is there, cannot be, or asks what a push does not tell", async () => {
    await client.send(new CreateWebhookCommand({ projectName: app }));
    await expect(client.send(new CreateWebhookCommand({ projectName: app }))).rejects.toMatchObject({
      name: "ResourceAlreadyExistsException",
    });
    const filterGroups = (pattern: string) => [[{ type: "EVENT" as const, pattern }]];
    for (const wrong of [filterGroups("PUSHED"), [[{ type: "FILE_PATH" as const, pattern: "x" }]]])
      await expect(
        client.send(new UpdateWebhookCommand({ projectName: app, filterGroups: wrong })),
      ).rejects.toMatchObject({ name: "InvalidInputException" });
    await client.send(new DeleteWebhookCommand({ projectName: app }));
    await expect(client.send(new DeleteWebhookCommand({ projectName: app }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});
