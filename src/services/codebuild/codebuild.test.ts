import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  BatchDeleteBuildsCommand,
  BatchGetBuildsCommand,
  BatchGetProjectsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  type CreateProjectCommandInput,
  DeleteProjectCommand,
  ListBuildsCommand,
  ListBuildsForProjectCommand,
  ListProjectsCommand,
  RetryBuildCommand,
  StartBuildCommand,
  type StartBuildCommandInput,
  StopBuildCommand,
  UpdateProjectCommand,
} from "@aws-sdk/client-codebuild";
import { IAMClient, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../test/harness.ts";
import { allow, serviceRole } from "../../../test/serviceRole.ts";
import { packZip } from "../../engines/build/zip/pack.ts";
import { unpackZip } from "../../engines/build/zip/unpack.ts";
import type { CloudEvent } from "../../kernel/events.ts";
import { type NeighboursFake, neighboursFake } from "./neighboursFake.ts";
import codebuild from "./service.ts";

const ROLE = "arn:aws:iam::123456789012:role/build";
let cloud: TestCloud;
let client: CodeBuildClient;
let iam: IAMClient;
let fake: NeighboursFake;
let events: CloudEvent[] = [];
let scratch = "";

beforeEach(async () => {
  fake = neighboursFake();
  cloud = await testCloud({ loaders: { ...fake.loaders, codebuild: async () => codebuild } });
  client = cloud.client(CodeBuildClient);
  iam = cloud.client(IAMClient);
  await serviceRole(iam, "build", "codebuild", "*");
  events = [];
  cloud.events.subscribe((event) => events.push(event));
  scratch = mkdtempSync(join(tmpdir(), "aloft-codebuild-"));
});
afterEach(async () => {
  await cloud[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true });
});

const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const project = (buildspec: string, more: Partial<CreateProjectCommandInput> = {}) =>
  client.send(
    new CreateProjectCommand({
      name: "app",
      source: { type: "NO_SOURCE", buildspec },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: {
        type: "LINUX_CONTAINER",
        image: "aws/codebuild/standard:7.0",
        computeType: "BUILD_GENERAL1_SMALL",
      },
      serviceRole: ROLE,
      ...more,
    }),
  );
const commands = (...lines: readonly string[]) =>
  `version: 0.2\nphases:\n  build:\n    commands:\n${lines.map((line) => `      - ${JSON.stringify(line)}\n`).join("")}`;

const start = async (input: Partial<StartBuildCommandInput> = {}) =>
  (await client.send(new StartBuildCommand({ projectName: "app", ...input }))).build ?? {};
const build = async (id = "") => (await client.send(new BatchGetBuildsCommand({ ids: [id] }))).builds?.[0] ?? {};
const ended = async (input: Partial<StartBuildCommandInput> = {}) => {
  const { id } = await start(input);
  await cloud.tasks.idle();
  return build(id);
};
const logOf = async ({
  logs,
}: {
  logs?: { groupName?: string | undefined; streamName?: string | undefined } | undefined;
}) => {
  const place = { logGroupName: logs?.groupName, logStreamName: logs?.streamName, startFromHead: true };
  const { events: messages = [] } = await cloud.client(CloudWatchLogsClient).send(new GetLogEventsCommand(place));
  return messages.map(({ message }) => message).join("");
};

const putZip = async (key: string, files: Readonly<Record<string, string>>) => {
  const entries = Object.entries(files).map(([name, text]) => {
    const path = join(scratch, name.replaceAll("/", "_"));
    writeFileSync(path, text);
    return { name, path };
  });
  await packZip(entries, join(scratch, "source.zip"));
  fake.objects.set(key, readFileSync(join(scratch, "source.zip")));
};

describe("a project", () => {
  it("is created, shown, changed, listed and deleted", async () => {
    const { project: created } = await project(commands("true"), {
      tags: [{ key: "a", value: "b" }],
      description: "d",
    });
    expect(created).toMatchObject({
      name: "app",
      arn: "arn:aws:codebuild:us-east-1:123456789012:project/app",
      timeoutInMinutes: 60,
      queuedTimeoutInMinutes: 480,
      encryptionKey: "arn:aws:kms:us-east-1:123456789012:alias/aws/s3",
      cache: { type: "NO_CACHE" },
      badge: { badgeEnabled: false },
      tags: [{ key: "a", value: "b" }],
    });
    await client.send(new UpdateProjectCommand({ name: "app", timeoutInMinutes: 10 }));
    const found = await client.send(new BatchGetProjectsCommand({ names: ["app", "none"] }));
    expect(found.projects?.[0]).toMatchObject({ timeoutInMinutes: 10, description: "d" });
    expect(found.projectsNotFound).toEqual(["none"]);
    expect((await client.send(new ListProjectsCommand({}))).projects).toEqual(["app"]);
    await client.send(new DeleteProjectCommand({ name: "app" }));
    expect((await client.send(new ListProjectsCommand({}))).projects).toEqual([]);
  });

  it("is refused as AWS does", async () => {
    await project(commands("true"));
    await expect(project(commands("true"))).rejects.toMatchObject({
      name: "ResourceAlreadyExistsException",
      message: "Project already exists: arn:aws:codebuild:us-east-1:123456789012:project/app",
    });
    await expect(project("x", { name: "other", source: { type: "CODEPIPELINE" } })).rejects.toMatchObject({
      name: "InvalidInputException",
      message: "Invalid input: when using CodePipeline both sourceType, and artifactType must be set to: CODEPIPELINE",
    });
    const other = "arn:aws:iam::123456789012:role/other";
    await expect(project("x", { name: "other", serviceRole: other })).rejects.toMatchObject({
      name: "InvalidInputException",
      message: `CodeBuild is not authorized to perform: sts:AssumeRole on ${other}`,
    });
    const theirs = "arn:aws:iam::999999999999:role/build";
    await expect(project("x", { name: "other", serviceRole: theirs })).rejects.toMatchObject({
      name: "InvalidInputException",
      message: "Invalid service role: Service role account ID does not match caller's account",
    });
    for (const name of ["!other", "o".repeat(151)]) {
      await expect(project("x", { name })).rejects.toMatchObject({ name: "InvalidInputException" });
    }
    const secondarySources = [{ type: "S3", location: "b/k", sourceIdentifier: "with-dash" }] as const;
    await expect(project("x", { name: "other", secondarySources: [...secondarySources] })).rejects.toThrow(
      "identifier must contain only alphanumeric characters and underscores",
    );
    await expect(client.send(new BatchGetBuildsCommand({ ids: ["app"] }))).rejects.toMatchObject({
      name: "InvalidInputException",
      message: "Invalid build ID provided: app",
    });
    await expect(client.send(new StartBuildCommand({ projectName: "none" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Project cannot be found: arn:aws:codebuild:us-east-1:123456789012:project/none",
    });
    const environment = { type: "WINDOWS_CONTAINER", image: "x", computeType: "BUILD_GENERAL1_SMALL" } as const;
    await expect(project("x", { name: "other", environment })).rejects.toMatchObject({ name: "NotImplemented" });
  });
});

describe("a build", () => {
  it("runs, with its log in CloudWatch Logs and its events on the bus", async () => {
    await project(commands("echo hello from $CODEBUILD_BUILD_NUMBER"));
    const done = await ended();
    expect(done).toMatchObject({
      buildStatus: "SUCCEEDED",
      buildComplete: true,
      currentPhase: "COMPLETED",
      buildNumber: 1,
      logs: { groupName: "/aws/codebuild/app", streamName: done.id?.split(":")[1] },
    });
    expect(done.phases?.map(({ phaseType }) => phaseType)).toHaveLength(11);
    expect(await logOf(done)).toContain("\nhello from 1\n");
    const types = events.map(({ detailType }) => detailType);
    expect(types.filter((type) => type === "CodeBuild Build Phase Change")).toHaveLength(10);
    const phase = events.find(({ detail }) => detail["completed-phase"] === "BUILD");
    expect(phase?.detail).toMatchObject({
      "completed-phase-status": "SUCCEEDED",
      "additional-information": {
        "build-number": 1,
        cache: { type: "NO_CACHE" },
        environment: { "privileged-mode": false, "image-pull-credentials-type": "CODEBUILD" },
        "queued-timeout-in-minutes": 480,
        phases: expect.arrayContaining([expect.objectContaining({ "phase-type": "SUBMITTED", "phase-context": [] })]),
      },
    });
    const states = events.filter(({ detailType }) => detailType === "CodeBuild Build State Change");
    expect(states.map(({ detail }) => detail["build-status"])).toEqual(["IN_PROGRESS", "SUCCEEDED"]);
    expect(states.at(-1)).toMatchObject({ source: "aws.codebuild", resources: [done.arn] });
  });

  it("shares the log group that several first ones make at once", async () => {
    await project(commands("true"));
    const started = await Promise.all([start(), start(), start()]);
    await cloud.tasks.idle();
    const all = await Promise.all(started.map(({ id }) => build(id)));
    expect(all.map(({ buildStatus }) => buildStatus)).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
  });

  it("takes an archive and gives one back, as a pipeline asks it to", async () => {
    await putZip("store/in.zip", {
      "buildspec.yml": `${commands("mkdir -p out && cp a.txt out/b.txt", "V=5")}artifacts:\n  files: ['**/*']\n  base-directory: out\nenv:\n  exported-variables: [V]\n`,
      "a.txt": "content",
    });
    const codepipeline = { type: "CODEPIPELINE" } as const;
    await project("", { source: codepipeline, artifacts: codepipeline });
    await expect(start()).rejects.toMatchObject({ name: "InvalidInputException" });
    const artifact = () => fake.objects.get("store/road/BuildOut/xyz") ?? Buffer.alloc(0);
    const done = await ended({
      sourceLocationOverride: "store/in.zip",
      sourceVersion: "abc",
      artifactsOverride: { type: "CODEPIPELINE", location: "store", path: "road/BuildOut", name: "xyz" },
    });
    expect(done).toMatchObject({
      buildStatus: "SUCCEEDED",
      sourceVersion: "arn:aws:s3:::store/in.zip",
      resolvedSourceVersion: "abc",
      source: { type: "CODEPIPELINE" },
      artifacts: {
        location: "arn:aws:s3:::store/road/BuildOut/xyz",
        sha256sum: createHash("sha256").update(artifact()).digest("hex"),
        md5sum: createHash("md5").update(artifact()).digest("hex"),
      },
      exportedEnvironmentVariables: [{ name: "V", value: "5" }],
    });
    expect(done.source).not.toHaveProperty("location");
    await unpackZip(artifact(), scratch);
    expect(readFileSync(join(scratch, "b.txt"), "utf8")).toBe("content");
  });

  it("reads parameters and secrets as its role, and hides them", async () => {
    fake.parameters.set("/key", "parameter-value");
    await cloud
      .client(SecretsManagerClient)
      .send(new CreateSecretCommand({ Name: "app", SecretString: '{"t":"secret-text"}' }));
    await project(commands("echo ${#P} $P $PLAIN $OVER"), {
      environment: {
        type: "LINUX_CONTAINER",
        image: "i",
        computeType: "BUILD_GENERAL1_SMALL",
        environmentVariables: [
          { name: "P", value: "/key", type: "PARAMETER_STORE" },
          { name: "PLAIN", value: "plain" },
          { name: "OVER", value: "project" },
        ],
      },
    });
    const done = await ended({ environmentVariablesOverride: [{ name: "OVER", value: "start" }] });
    expect(await logOf(done)).toContain("15 *** plain start");
    const missing = await ended({
      environmentVariablesOverride: [{ name: "P", value: "/none", type: "PARAMETER_STORE" }],
    });
    expect(missing.buildStatus).toBe("FAILED");
    const secret = await ended({
      environmentVariablesOverride: [{ name: "P", value: "app:t", type: "SECRETS_MANAGER" }],
    });
    expect(await logOf(secret)).toContain("11 *** plain project");
  });

  it("gives its commands credentials of its role, and nothing of the host's", async () => {
    process.env["AWS_SECRET_ACCESS_KEY"] = "of the host";
    await project(
      commands(
        "env | sort",
        'curl -s -H "Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN" $AWS_CONTAINER_CREDENTIALS_FULL_URI',
      ),
    );
    const log = await logOf(await ended());
    delete process.env["AWS_SECRET_ACCESS_KEY"];
    expect(log).not.toContain("of the host");
    expect(log).toContain("AWS_ENDPOINT_URL=http://127.0.0.1:4566");
    expect(log).toMatch(/"AccessKeyId":"ASIA[A-Z0-9]+","SecretAccessKey":"\*\*\*","Token":"\*\*\*"/);
    expect(log).toContain("AWS_CONTAINER_AUTHORIZATION_TOKEN=***");
  });

  it("takes a buildspec that lies in a bucket", async () => {
    fake.objects.set("specs/ci.yml", Buffer.from(commands("echo from the bucket")));
    await project("arn:aws:s3:::specs/ci.yml");
    const built = await ended();
    expect(built.buildStatus).toBe("SUCCEEDED");
    expect(await logOf(built)).toContain("YAML location is arn:aws:s3:::specs/ci.yml");
    fake.objects.clear();
    expect((await ended()).phases?.[3]?.contexts?.[0]).toEqual({
      statusCode: "YAML_FILE_ERROR",
      message: "NoSuchKey: The specified key does not exist.",
    });
  });

  it("changes nothing on this machine, and installs what it needs in its own HOME", async () => {
    await project(
      commands(
        "apt-get update && yum install -y git && apt-get install -y tar=1.2",
        'test "$(npm prefix --global)" = "$HOME/.local"',
        "yum -y install no-such-program git",
      ),
    );
    const log = await logOf(await ended());
    expect(log).toContain("Package git is already installed on this machine.");
    expect(log).toContain("Install there what this build needs: no-such-program\n");
    expect(log).toContain("Command did not exit successfully yum -y install no-such-program git exit status 1");
  });

  it("runs for an action of a pipeline, whatever its project says of sources and artifacts", async () => {
    await putZip("store/in.zip", { "ci.yml": `${commands("true")}artifacts: { files: ['**/*'] }\n` });
    const source = { type: "GITHUB", location: "https://github.com/o/r.git", buildspec: "ci.yml" } as const;
    await project("", { source });
    const overrides = { sourceTypeOverride: "S3", sourceLocationOverride: "store/in.zip" } as const;
    const artifacts = { type: "S3", location: "store", path: "p", name: "out", packaging: "ZIP" } as const;
    expect((await ended({ ...overrides, artifactsOverride: artifacts })).artifacts?.location).toBe(
      "arn:aws:s3:::store/p/out",
    );
    expect(fake.objects.has("store/p/out")).toBe(true);
    const without = await ended({
      ...overrides,
      sourceTypeOverride: "CODEPIPELINE",
      artifactsOverride: { type: "CODEPIPELINE" },
    });
    expect(without).toMatchObject({ buildStatus: "SUCCEEDED", artifacts: { location: "" } });
  });

  it("is stopped", async () => {
    await project(commands("sleep 73"));
    const { id } = await start();
    const stopped = new Promise<void>((resolve) =>
      cloud.events.subscribe(({ detail }) => {
        if (detail["completed-phase"] === "PRE_BUILD")
          void client.send(new StopBuildCommand({ id })).then(({ build: answered }) => {
            expect(answered).toMatchObject({ buildStatus: "STOPPED", buildComplete: true, currentPhase: "COMPLETED" });
            resolve();
          });
      }),
    );
    await stopped;
    await cloud.tasks.idle();
    const done = await build(id);
    expect(done).toMatchObject({ buildStatus: "STOPPED", buildComplete: true });
    expect(done.phases?.map(({ phaseType, phaseStatus }) => [phaseType, phaseStatus]).slice(-2)).toEqual([
      ["BUILD", "STOPPED"],
      ["COMPLETED", undefined],
    ]);
  });

  it("fails when its role may not write the log, or does not trust CodeBuild any more", async () => {
    await project(commands("true"));
    await allow(iam, "build", ["logs:CreateLogGroup", "logs:CreateLogStream"]);
    const denied = await ended();
    expect(denied).toMatchObject({ buildStatus: "FAILED" });
    expect(denied.phases?.find(({ phaseStatus }) => phaseStatus === "FAILED")?.contexts?.[0]).toMatchObject({
      statusCode: "ACCESS_DENIED",
      message: expect.stringMatching(/Error message: User: .* is not authorized to perform: logs:PutLogEvents/),
    });
    const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: "build", PolicyDocument: policy(trust) }));
    expect((await ended()).phases?.find(({ phaseStatus }) => phaseStatus === "FAILED")).toMatchObject({
      phaseType: "QUEUED",
    });
  });

  it("is listed with the newest first, retried, deleted", async () => {
    await project(commands("true"));
    const first = await ended({ idempotencyToken: "t" });
    cloud.clock.advance(1_000);
    expect((await start({ idempotencyToken: "t" })).id).toBe(first.id);
    await expect(start({ idempotencyToken: "t", sourceVersion: "x" })).rejects.toMatchObject({
      name: "InvalidInputException",
    });
    const { build: second } = await client.send(new RetryBuildCommand({ id: first.id }));
    await cloud.tasks.idle();
    expect((await client.send(new ListBuildsCommand({}))).ids).toEqual([second?.id, first.id]);
    const ascending = new ListBuildsForProjectCommand({ projectName: "app", sortOrder: "ASCENDING" });
    expect((await client.send(ascending)).ids).toEqual([first.id, second?.id]);
    const deleted = await client.send(new BatchDeleteBuildsCommand({ ids: [first.id ?? ""] }));
    expect(deleted.buildsDeleted).toEqual([first.arn]);
    expect((await client.send(new ListBuildsCommand({}))).ids).toEqual([second?.id]);
  });

  it("ends with its room, and without a trace when the cloud is emptied", async () => {
    await project(commands("sleep 75"));
    await start();
    await new Promise<void>((resolve) =>
      cloud.events.subscribe(({ detail }) => detail["completed-phase"] === "PRE_BUILD" && resolve()),
    );
    await cloud.rooms.close();
    await cloud.tasks.idle();
  });

  it("fails cleanly when the process that ran it is gone", async () => {
    await project(commands("sleep 74"));
    const { id } = await start();
    await new Promise<void>((resolve) =>
      cloud.events.subscribe(({ detail }) => detail["completed-phase"] === "PRE_BUILD" && resolve()),
    );
    // What a crash leaves: the record says the build runs, and nothing runs it.
    await cloud.tasks.stop();
    expect(await build(id)).toMatchObject({ buildStatus: "IN_PROGRESS" });
    await cloud.rooms.resume();
    expect(await build(id)).toMatchObject({ buildStatus: "FAULT", buildComplete: true });
  });
});
