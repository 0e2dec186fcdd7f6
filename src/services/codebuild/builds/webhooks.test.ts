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
  DeleteWebhookCommand,
  ImportSourceCredentialsCommand,
  ListBuildsCommand,
  UpdateWebhookCommand,
} from "@aws-sdk/client-codebuild";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Cloud, startCloud } from "../../../index.ts";

const run = promisify(execFile);
const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };

let cloud: Cloud;
let client: CodeBuildClient;
let folder = "";

beforeEach(async () => {
  cloud = await startCloud({ credentials, port: 0 });
  folder = mkdtempSync(join(tmpdir(), "aloft-webhook-"));
  const config = { region: "us-east-1", endpoint: cloud.endpoint, credentials };
  client = new CodeBuildClient(config);
  const iam = new IAMClient(config);
  const policy = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const trust = { Effect: "Allow", Principal: { Service: "codebuild.amazonaws.com" }, Action: "sts:AssumeRole" };
  await iam.send(new CreateRoleCommand({ RoleName: "build", AssumeRolePolicyDocument: policy(trust) }));
  const all = policy({ Effect: "Allow", Action: "*", Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName: "build", PolicyName: "p", PolicyDocument: all }));
  await client.send(
    new CreateProjectCommand({
      name: "app",
      source: { type: "GITHUB", location: "https://github.com/owner/app.git" },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: { type: "LINUX_CONTAINER", image: "i", computeType: "BUILD_GENERAL1_SMALL" },
      serviceRole: "build",
    }),
  );
});
afterEach(async () => {
  await cloud[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const git = (...args: string[]) =>
  run("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main", ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, GIT_TERMINAL_PROMPT: "0" },
  });
const push = async (command: string, branch = "main") => {
  writeFileSync(join(folder, "buildspec.yml"), `version: 0.2\nphases: { build: { commands: ['${command}'] } }\n`);
  await git("init", "-q");
  await git("add", "-A");
  await git("commit", "-q", "-m", command);
  await git("push", "-q", `${cloud.endpoint.replace("//", "//x:root-secret@")}/git/owner/app.git`, `HEAD:${branch}`);
  await cloud.tasks.idle();
  return (await git("rev-parse", "HEAD")).stdout.trim();
};
const builds = async () => {
  const { ids = [] } = await client.send(new ListBuildsCommand({}));
  return ids.length === 0 ? [] : ((await client.send(new BatchGetBuildsCommand({ ids }))).builds ?? []);
};

describe("a webhook", () => {
  it("builds what is pushed to the branches it is for", async () => {
    const filter = (pattern: string) => [
      [{ type: "EVENT", pattern: "PUSH" } as const, { type: "HEAD_REF", pattern } as const],
    ];
    const { webhook } = await client.send(
      new CreateWebhookCommand({ projectName: "app", filterGroups: filter("^refs/heads/main$") }),
    );
    expect(webhook).toMatchObject({
      status: "ACTIVE",
      url: expect.stringContaining("https://api.github.com/repos/owner/app/hooks/"),
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
    await client.send(new UpdateWebhookCommand({ projectName: "app", filterGroups: filter("side") }));
    await push("echo side", "side");
    expect(await builds()).toHaveLength(2);
    await client.send(new DeleteWebhookCommand({ projectName: "app" }));
    await push("echo again", "side");
    expect(await builds()).toHaveLength(2);
  });

  it("clones with the token that was given, history and all", async () => {
    const token = { token: "root-secret", serverType: "GITHUB", authType: "PERSONAL_ACCESS_TOKEN" } as const;
    await client.send(new ImportSourceCredentialsCommand(token));
    await client.send(new CreateWebhookCommand({ projectName: "app", branchFilter: "main" }));
    const commit = await push("test $(git rev-parse HEAD) = $CODEBUILD_RESOLVED_SOURCE_VERSION");
    expect(await builds()).toMatchObject([{ buildStatus: "SUCCEEDED", resolvedSourceVersion: commit }]);
    const { projects = [] } = await client.send(new BatchGetProjectsCommand({ names: ["app"] }));
    expect(projects[0]?.webhook).toMatchObject({ branchFilter: "main" });
  });

  it("is refused when it is there, cannot be, or asks what a push does not tell", async () => {
    await client.send(new CreateWebhookCommand({ projectName: "app" }));
    await expect(client.send(new CreateWebhookCommand({ projectName: "app" }))).rejects.toMatchObject({
      name: "ResourceAlreadyExistsException",
    });
    const filterGroups = [[{ type: "FILE_PATH" as const, pattern: "x" }]];
    await expect(client.send(new UpdateWebhookCommand({ projectName: "app", filterGroups }))).rejects.toMatchObject({
      name: "NotImplemented",
    });
    await client.send(new DeleteWebhookCommand({ projectName: "app" }));
    await expect(client.send(new DeleteWebhookCommand({ projectName: "app" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});
