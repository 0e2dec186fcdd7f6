import {
  BatchGetProjectsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  type CreateProjectCommandInput,
  CreateReportGroupCommand,
  StartBuildCommand,
  StopBuildCommand,
  UpdateReportGroupCommand,
} from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../test/harness.ts";
import { serviceRole } from "../../../test/serviceRole.ts";

let cloud: TestCloud;
let client: CodeBuildClient;

beforeEach(async () => {
  cloud = await testCloud();
  client = cloud.client(CodeBuildClient);
  await serviceRole(cloud.client(IAMClient), "build", "codebuild", "*");
});
afterEach(() => cloud[Symbol.asyncDispose]());

const environment = { type: "LINUX_CONTAINER", image: "i", computeType: "BUILD_GENERAL1_SMALL" } as const;
const create = (more: Partial<CreateProjectCommandInput> = {}) =>
  client.send(
    new CreateProjectCommand({
      name: "app",
      source: { type: "S3", location: "in/source.zip" },
      artifacts: { type: "S3", location: "out" },
      environment,
      serviceRole: "build",
      ...more,
    }),
  );

/** As the example of `aws codebuild create-project` shows them. */
const FILLED = {
  environment: {
    ...environment,
    environmentVariables: [],
    privilegedMode: false,
    imagePullCredentialsType: "CODEBUILD",
  },
  source: { type: "S3", location: "in/source.zip", insecureSsl: false },
  artifacts: {
    type: "S3",
    location: "out",
    name: "app",
    namespaceType: "NONE",
    packaging: "NONE",
    encryptionDisabled: false,
  },
};

describe("what AWS fills in", () => {
  it("is in the answers of CreateProject and BatchGetProjects", async () => {
    expect((await create()).project).toMatchObject(FILLED);
    const { projects } = await client.send(new BatchGetProjectsCommand({ names: ["app"] }));
    const { environment: shown, source, artifacts } = projects?.[0] ?? {};
    expect({ environment: shown, source, artifacts }).toEqual(FILLED);
  });

  it("is in a new build's, with the place its artifact goes to", async () => {
    await create();
    const artifactsOverride = { type: "S3", location: "arn:aws:s3:::other", overrideArtifactName: true } as const;
    const variable = { name: "A", value: "b" };
    const { build } = await client.send(
      new StartBuildCommand({ projectName: "app", artifactsOverride, environmentVariablesOverride: [variable] }),
    );
    await client.send(new StopBuildCommand({ id: build?.id }));
    expect(build).toMatchObject({
      source: FILLED.source,
      environment: { ...FILLED.environment, environmentVariables: [{ ...variable, type: "PLAINTEXT" }] },
      artifacts: { location: "arn:aws:s3:::other/app", overrideArtifactName: true, encryptionDisabled: false },
    });
    const underWay = build?.phases?.at(-1);
    expect(underWay).toEqual({ phaseType: underWay?.phaseType, startTime: underWay?.startTime });
  });
});

describe("the overrides of a build", () => {
  it("take the place of each of the project's settings", async () => {
    await create({ source: { type: "NO_SOURCE", buildspec: "version: 0.2" }, artifacts: { type: "NO_ARTIFACTS" } });
    const registryCredential = { credential: "secret", credentialProvider: "SECRETS_MANAGER" } as const;
    const cache = { type: "LOCAL", modes: ["LOCAL_SOURCE_CACHE"] } as const;
    const { build } = await client.send(
      new StartBuildCommand({
        projectName: "app",
        sourceTypeOverride: "GITHUB",
        sourceLocationOverride: "https://github.com/owner/app.git",
        sourceAuthOverride: { type: "OAUTH" },
        sourceVersion: "v1",
        gitCloneDepthOverride: 2,
        gitSubmodulesConfigOverride: { fetchSubmodules: true },
        buildspecOverride: "other.yml",
        insecureSslOverride: true,
        reportBuildStatusOverride: true,
        buildStatusConfigOverride: { context: "ci" },
        environmentTypeOverride: "ARM_CONTAINER",
        imageOverride: "image",
        computeTypeOverride: "BUILD_GENERAL1_LARGE",
        certificateOverride: "bucket/certificate",
        privilegedModeOverride: true,
        registryCredentialOverride: registryCredential,
        imagePullCredentialsTypeOverride: "SERVICE_ROLE",
        cacheOverride: { ...cache, modes: [...cache.modes] },
        timeoutInMinutesOverride: 5,
        queuedTimeoutInMinutesOverride: 6,
        encryptionKeyOverride: "alias/key",
        autoRetryLimitOverride: 1,
        logsConfigOverride: { cloudWatchLogs: { status: "ENABLED", groupName: "group", streamName: "stream" } },
      }),
    );
    await client.send(new StopBuildCommand({ id: build?.id }));
    expect(build).toMatchObject({
      source: {
        type: "GITHUB",
        location: "https://github.com/owner/app.git",
        auth: { type: "OAUTH" },
        gitCloneDepth: 2,
        gitSubmodulesConfig: { fetchSubmodules: true },
        buildspec: "other.yml",
        insecureSsl: true,
        reportBuildStatus: true,
        buildStatusConfig: { context: "ci" },
      },
      sourceVersion: "v1",
      environment: {
        type: "ARM_CONTAINER",
        image: "image",
        computeType: "BUILD_GENERAL1_LARGE",
        certificate: "bucket/certificate",
        privilegedMode: true,
        registryCredential,
        imagePullCredentialsType: "SERVICE_ROLE",
      },
      cache,
      timeoutInMinutes: 5,
      queuedTimeoutInMinutes: 6,
      encryptionKey: "alias/key",
      autoRetryConfig: { autoRetryLimit: 1 },
      logs: { groupName: "group", streamName: expect.stringMatching(/^stream\/[-0-9a-f]{36}$/) },
    });
  });
});

describe("settings without a place", () => {
  it("are refused: a cache in S3, and a report group that is exported there", async () => {
    await expect(create({ cache: { type: "S3" } })).rejects.toMatchObject({
      name: "InvalidInputException",
      message: "Invalid cache: location must be a valid S3 bucket, followed by slash and the prefix",
    });
    const exportConfig = { exportConfigType: "S3" } as const;
    const group = { name: "group", type: "TEST" } as const;
    await expect(client.send(new CreateReportGroupCommand({ ...group, exportConfig }))).rejects.toMatchObject({
      name: "InvalidInputException",
      message: expect.stringContaining("a bucket is required"),
    });
    const none = { exportConfigType: "NO_EXPORT" } as const;
    const { reportGroup } = await client.send(new CreateReportGroupCommand({ ...group, exportConfig: none }));
    const update = new UpdateReportGroupCommand({ arn: reportGroup?.arn, exportConfig });
    await expect(client.send(update)).rejects.toMatchObject({ name: "InvalidInputException" });
  });
});
