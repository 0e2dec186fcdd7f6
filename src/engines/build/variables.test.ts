import { describe, expect, it } from "vitest";
import { createSecretMask } from "../process/mask.ts";
import { parseBuildspec } from "./buildspec/parse.ts";
import type { BuildPorts } from "./ports.ts";
import type { BuildSource, BuildSpec } from "./spec.ts";
import { buildEnvironment } from "./variables.ts";

const PROJECT = "arn:aws:codebuild:us-east-1:123456789012";
const spec: BuildSpec = {
  id: "app:1111",
  arn: `${PROJECT}:build/app:1111`,
  number: 7,
  projectName: "app",
  projectArn: `${PROJECT}:project/app`,
  region: "us-east-1",
  initiator: "codepipeline/road",
  image: "aws/codebuild/standard:7.0",
  encryptionKey: "alias/aws/s3",
  startTime: 1_700_000_000_000,
  timeoutMs: 60_000,
  buildspec: { kind: "path", path: "buildspec.yml" },
  source: { type: "NO_SOURCE" },
  secondarySources: [],
  variables: [],
  secondaryArtifacts: [],
  cached: false,
  logPath: "1111",
  readsBatch: false,
  extraVariables: { CODEBUILD_BATCH_BUILD_IDENTIFIER: "unit" },
};
const ports = {
  mask: createSecretMask(),
  path: [],
  environment: {},
  gitCredentials: {},
} as unknown as BuildPorts;
const workspace = { source: "/w/src", home: "/w/home", tmp: "/w/tmp", state: "/w/state", secondaries: "/w/more" };

/** What of CodeBuild's own a build of these sources sees. */
const seen = async (source: BuildSource, secondarySources: readonly BuildSource[] = [], resolved?: string) => {
  const buildspec = parseBuildspec("version: 0.2\nenv: { variables: { CODEBUILD_CI: mine } }\n");
  const all = await buildEnvironment({ ...spec, source, secondarySources }, buildspec, workspace, resolved, ports, []);
  return Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith("CODEBUILD_")));
};

// https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
describe("a build's variables", () => {
  it("are AWS's, whatever the buildspec sets under their names", async () => {
    const source = { type: "GITHUB", location: "https://github.com/o/r.git", version: "main" };
    expect(await seen(source, [], "abc")).toEqual({
      CODEBUILD_CI: "true",
      CODEBUILD_BATCH_BUILD_IDENTIFIER: "unit",
      CODEBUILD_BUILD_ARN: spec.arn,
      CODEBUILD_BUILD_ID: "app:1111",
      CODEBUILD_BUILD_IMAGE: "aws/codebuild/standard:7.0",
      CODEBUILD_BUILD_NUMBER: "7",
      CODEBUILD_BUILD_SUCCEEDING: "1",
      CODEBUILD_INITIATOR: "codepipeline/road",
      CODEBUILD_KMS_KEY_ID: "alias/aws/s3",
      CODEBUILD_LOG_PATH: "1111",
      CODEBUILD_PROJECT_ARN: spec.projectArn,
      CODEBUILD_RESOLVED_SOURCE_VERSION: "abc",
      CODEBUILD_SOURCE_REPO_URL: "https://github.com/o/r.git",
      CODEBUILD_SOURCE_VERSION: "main",
      CODEBUILD_SRC_DIR: "/w/src",
      CODEBUILD_START_TIME: "1700000000000",
    });
  });

  it("name the sources in S3 as such, and those of a pipeline not at all", async () => {
    expect(await seen({ type: "S3", location: "bucket/key.zip" })).toMatchObject({
      CODEBUILD_SOURCE_REPO_URL: "s3://bucket/key.zip",
    });
    const piped = await seen({ type: "CODEPIPELINE", location: "store/a.zip", version: "arn:aws:s3:::store/a.zip" });
    expect(piped).toMatchObject({
      CODEBUILD_SOURCE_REPO_URL: "",
      CODEBUILD_SOURCE_VERSION: "arn:aws:s3:::store/a.zip",
    });
    expect(piped).not.toHaveProperty("CODEBUILD_RESOLVED_SOURCE_VERSION");
  });

  it("tell of each secondary source under its name", async () => {
    const more = [
      { type: "S3", identifier: "site", location: "arn:aws:s3:::bucket/site.zip", version: "v1" },
      { type: "GITHUB", identifier: "tools", location: "https://github.com/o/tools.git" },
    ];
    const found = await seen({ type: "NO_SOURCE" }, more);
    expect(found).toMatchObject({
      CODEBUILD_SRC_DIR_site: expect.stringMatching(/site$/),
      CODEBUILD_SOURCE_REPO_URL_site: "s3://bucket/site.zip",
      CODEBUILD_SOURCE_VERSION_site: "v1",
      CODEBUILD_SOURCE_REPO_URL_tools: "https://github.com/o/tools.git",
    });
    expect(found).not.toHaveProperty("CODEBUILD_SOURCE_VERSION_tools");
  });
});
