import {
  BatchGetBuildsCommand,
  BatchGetProjectsCommand,
  DeleteProjectCommand,
  ListProjectsCommand,
  StartBuildCommand,
  UpdateProjectCommand,
} from "@aws-sdk/client-codebuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BuildCloud, buildCloud, commands } from "../testBuilds.ts";

let on: BuildCloud;
beforeEach(async () => {
  on = await buildCloud();
});
afterEach(() => on.cloud[Symbol.asyncDispose]());

describe("a project", () => {
  it("is created, shown, changed, listed and deleted", async () => {
    const { project: created } = await on.project(commands("true"), {
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
    await on.client.send(new UpdateProjectCommand({ name: "app", timeoutInMinutes: 10 }));
    const found = await on.client.send(new BatchGetProjectsCommand({ names: ["app", "none"] }));
    expect(found.projects?.[0]).toMatchObject({ timeoutInMinutes: 10, description: "d" });
    expect(found.projectsNotFound).toEqual(["none"]);
    expect((await on.client.send(new ListProjectsCommand({}))).projects).toEqual(["app"]);
    await on.client.send(new DeleteProjectCommand({ name: "app" }));
    expect((await on.client.send(new ListProjectsCommand({}))).projects).toEqual([]);
  });

  it("is refused as AWS does", async () => {
    await on.project(commands("true"));
    await expect(on.project(commands("true"))).rejects.toMatchObject({
      name: "ResourceAlreadyExistsException",
      message: "Project already exists: arn:aws:codebuild:us-east-1:123456789012:project/app",
    });
    await expect(on.project("x", { name: "other", source: { type: "CODEPIPELINE" } })).rejects.toMatchObject({
      name: "InvalidInputException",
      message: "Invalid input: when using CodePipeline both sourceType, and artifactType must be set to: CODEPIPELINE",
    });
    const other = "arn:aws:iam::123456789012:role/other";
    await expect(on.project("x", { name: "other", serviceRole: other })).rejects.toMatchObject({
      name: "InvalidInputException",
      message: `CodeBuild is not authorized to perform: sts:AssumeRole on ${other}`,
    });
    const theirs = "arn:aws:iam::999999999999:role/build";
    await expect(on.project("x", { name: "other", serviceRole: theirs })).rejects.toMatchObject({
      name: "InvalidInputException",
      message: "Invalid service role: Service role account ID does not match caller's account",
    });
    for (const name of ["!other", "o".repeat(151)]) {
      await expect(on.project("x", { name })).rejects.toMatchObject({ name: "InvalidInputException" });
    }
    const secondarySources = [{ type: "S3", location: "b/k", sourceIdentifier: "with-dash" }] as const;
    await expect(on.project("x", { name: "other", secondarySources: [...secondarySources] })).rejects.toThrow(
      "identifier must contain only alphanumeric characters and underscores",
    );
    await expect(on.client.send(new BatchGetBuildsCommand({ ids: ["app"] }))).rejects.toMatchObject({
      name: "InvalidInputException",
      message: "Invalid build ID provided: app",
    });
    await expect(on.client.send(new StartBuildCommand({ projectName: "none" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Project cannot be found: arn:aws:codebuild:us-east-1:123456789012:project/none",
    });
    const environment = { type: "WINDOWS_CONTAINER", image: "x", computeType: "BUILD_GENERAL1_SMALL" } as const;
    await expect(on.project("x", { name: "other", environment })).rejects.toMatchObject({ name: "NotImplemented" });
  });
});
