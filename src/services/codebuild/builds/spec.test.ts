import { expect, it } from "vitest";
import type { BuildRecord, ProjectSettings } from "../records.ts";
import { specOf } from "./spec.ts";

const buildWith = (cache: ProjectSettings["cache"]): BuildRecord =>
  ({
    arn: "arn:aws:codebuild:us-east-1:123456789012:build/app:1",
    settings: {
      source: { type: "NO_SOURCE", buildspec: "version: 0.2" },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: { type: "LINUX_CONTAINER", image: "i", computeType: "BUILD_GENERAL1_SMALL" },
      cache,
    },
  }) as unknown as BuildRecord;

// https://docs.aws.amazon.com/codebuild/latest/userguide/caching-local.html
it.each<[ProjectSettings["cache"], boolean]>([
  [undefined, false],
  [{ type: "NO_CACHE" }, false],
  [{ type: "S3", location: "bucket/prefix" }, true],
  [{ type: "LOCAL" }, true],
  [{ type: "LOCAL", modes: ["LOCAL_SOURCE_CACHE", "LOCAL_CUSTOM_CACHE"] }, true],
  [{ type: "LOCAL", modes: ["LOCAL_SOURCE_CACHE", "LOCAL_DOCKER_LAYER_CACHE"] }, false],
])("with the cache %j a build keeps what its buildspec names: %s", (cache, kept) => {
  expect(specOf(buildWith(cache), "us-east-1").cached).toBe(kept);
});
