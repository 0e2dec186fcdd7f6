import {
  BatchGetBuildsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  InvalidateProjectCacheCommand,
  type ProjectCache,
  StartBuildCommand,
} from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { neighboursFake } from "../neighboursFake.ts";
import codebuild from "../service.ts";

let cloud: TestCloud;
let client: CodeBuildClient;

beforeEach(async () => {
  cloud = await testCloud({ loaders: { ...neighboursFake().loaders, codebuild: async () => codebuild } });
  client = cloud.client(CodeBuildClient);
  await serviceRole(cloud.client(IAMClient), "build", "codebuild", "*");
});
afterEach(() => cloud[Symbol.asyncDispose]());

const commands = [
  "export FOUND=$(cat deps/name || true)",
  "mkdir -p deps && echo $NAME > deps/name",
  "echo a > a.lock && echo b > b.lock && export HASH=$(codebuild-hash-files '*.lock')",
];
const buildspec = JSON.stringify({
  version: 0.2,
  env: { "exported-variables": ["FOUND", "HASH"] },
  phases: { build: { commands } },
  cache: { key: "deps-$VERSION", "fallback-keys": ["deps-$(echo 1)"], paths: ["deps/**/*"] },
});
const project = (name: string, cache: ProjectCache) =>
  client.send(
    new CreateProjectCommand({
      name,
      source: { type: "NO_SOURCE", buildspec },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: { type: "LINUX_CONTAINER", image: "i", computeType: "BUILD_GENERAL1_SMALL" },
      serviceRole: "arn:aws:iam::123456789012:role/build",
      logsConfig: { cloudWatchLogs: { status: "DISABLED" } },
      cache,
    }),
  );
/** Builds with the variables of the key and of what is left in the cache; what the build has exported. */
const run = async (projectName: string, VERSION: string, NAME: string) => {
  const environmentVariablesOverride = Object.entries({ VERSION, NAME }).map(([name, value]) => ({ name, value }));
  const { build } = await client.send(new StartBuildCommand({ projectName, environmentVariablesOverride }));
  await cloud.tasks.idle();
  const { builds } = await client.send(new BatchGetBuildsCommand({ ids: [build?.id ?? ""] }));
  expect(builds?.[0]?.buildStatus).toBe("SUCCEEDED");
  const exported = builds?.[0]?.exportedEnvironmentVariables ?? [];
  return Object.fromEntries(exported.map(({ name, value }) => [name, value]));
};

it("keeps a cache for each key that the shell makes of the buildspec's, until the project forgets them", async () => {
  await project("app", { type: "S3", location: "bucket/cache" });
  const first = await run("app", "1", "one");
  expect(first).toEqual({ FOUND: "", HASH: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(await run("app", "1", "two")).toEqual({ FOUND: "one", HASH: first["HASH"] });
  expect(await run("app", "2", "two")).toMatchObject({ FOUND: "one" });
  await client.send(new InvalidateProjectCacheCommand({ projectName: "app" }));
  expect(await run("app", "1", "three")).toMatchObject({ FOUND: "" });
});

it("shares caches among the projects of a namespace at one place, and among no others", async () => {
  const shared = { type: "S3", location: "bucket/cache", cacheNamespace: "team" } as const;
  await project("one", shared);
  await project("two", shared);
  await project("elsewhere", { ...shared, location: "bucket/other" });
  await project("alone", { type: "S3", location: "bucket/cache" });
  await run("one", "1", "of one");
  expect(await run("two", "1", "of two")).toMatchObject({ FOUND: "of one" });
  expect(await run("elsewhere", "1", "x")).toMatchObject({ FOUND: "" });
  expect(await run("alone", "1", "x")).toMatchObject({ FOUND: "" });
});
