import {
  BatchGetApplicationRevisionsCommand,
  GetApplicationRevisionCommand,
  ListApplicationRevisionsCommand,
  type ListApplicationRevisionsCommandInput,
  RegisterApplicationRevisionCommand,
  type RevisionLocation,
} from "@aws-sdk/client-codedeploy";
import { describe, expect, test } from "vitest";
import { appSpec, setUp } from "../testDeployments.ts";

const inS3 = (key: string): RevisionLocation => ({
  revisionType: "S3",
  s3Location: { bucket: "specs", key, bundleType: "YAML" },
});
const DEPLOYED: RevisionLocation = { revisionType: "AppSpecContent", appSpecContent: { content: appSpec([]) } };

const setUpRevisions = async () => {
  const room = await setUp();
  const register = (revision: RevisionLocation, description?: string) =>
    room.client.send(new RegisterApplicationRevisionCommand({ applicationName: "app", revision, description }));
  const list = async (more: Partial<ListApplicationRevisionsCommandInput> = {}) =>
    (await room.client.send(new ListApplicationRevisionsCommand({ applicationName: "app", ...more }))).revisions;
  return { ...room, register, list };
};

describe("behaviour", () => {
  test("what is registered is told with its description, what is deployed with its groups and times", async () => {
    await using room = await setUpRevisions();
    await room.register(inS3("a/spec.yml"), "the first");
    await room.deploy();
    await room.cloud.tasks.idle();
    const get = (revision: RevisionLocation) =>
      room.client.send(new GetApplicationRevisionCommand({ applicationName: "app", revision }));
    const registered = await get(inS3("a/spec.yml"));
    expect(registered.revisionInfo).toMatchObject({ description: "the first", deploymentGroups: [] });
    expect(registered.revisionInfo?.firstUsedTime).toBeUndefined();
    expect((await get(DEPLOYED)).revisionInfo).toMatchObject({
      deploymentGroups: ["group"],
      firstUsedTime: expect.any(Date),
      lastUsedTime: expect.any(Date),
    });
    const { revisions, errorMessage } = await room.client.send(
      new BatchGetApplicationRevisionsCommand({ applicationName: "app", revisions: [DEPLOYED, inS3("none")] }),
    );
    expect(revisions?.map(({ revisionLocation }) => revisionLocation)).toEqual([DEPLOYED]);
    expect(errorMessage).toContain("does not exist");
  });

  test("the list is filtered by bucket, prefix and use, and sorted by time", async () => {
    await using room = await setUpRevisions();
    for (const key of ["a/1", "b/1", "a/2"]) {
      await room.register(inS3(key));
      room.cloud.clock.advance(1000);
    }
    await room.deploy();
    await room.cloud.tasks.idle();
    const keys = async (more: Partial<ListApplicationRevisionsCommandInput>) =>
      (await room.list(more))?.map(({ s3Location }) => s3Location?.key);
    expect(
      await keys({ s3Bucket: "specs", s3KeyPrefix: "a/", sortBy: "registerTime", sortOrder: "descending" }),
    ).toEqual(["a/2", "a/1"]);
    expect(await keys({ s3Bucket: "others" })).toEqual([]);
    expect(await room.list({ deployed: "include" })).toEqual([DEPLOYED]);
    expect(await keys({ deployed: "exclude" })).toEqual(["a/1", "b/1", "a/2"]);
  });
});

describe("refusals", () => {
  test.each<[string, RevisionLocation, string]>([
    [
      "a bundle",
      { revisionType: "S3", s3Location: { bucket: "b", key: "k", bundleType: "zip" } },
      "BundleType must be",
    ],
    ["no key", { revisionType: "S3", s3Location: { bucket: "b", bundleType: "YAML" } }, "a bucket and a key"],
    ["GitHub", { revisionType: "GitHub", gitHubLocation: { repository: "a/b", commitId: "c" } }, "GitHub are not"],
    ["no content", { revisionType: "AppSpecContent" }, "content of the AppSpec is missing"],
    ["no type", {}, "revision type"],
  ])("%s as a revision of functions", async (_case, revision, message) => {
    await using room = await setUpRevisions();
    await expect(room.register(revision)).rejects.toMatchObject({
      name: "InvalidRevisionException",
      message: expect.stringContaining(message),
    });
  });

  test("a prefix without a bucket, a revision that is not there, and too many at once", async () => {
    await using room = await setUpRevisions();
    await expect(room.list({ s3KeyPrefix: "a/" })).rejects.toMatchObject({ name: "BucketNameFilterRequiredException" });
    await expect(
      room.client.send(new GetApplicationRevisionCommand({ applicationName: "app", revision: DEPLOYED })),
    ).rejects.toMatchObject({ name: "RevisionDoesNotExistException" });
    const revisions = Array.from({ length: 26 }, () => DEPLOYED);
    await expect(
      room.client.send(new BatchGetApplicationRevisionsCommand({ applicationName: "app", revisions })),
    ).rejects.toMatchObject({ name: "BatchLimitExceededException" });
    await expect(room.register(DEPLOYED, "x".repeat(257))).rejects.toMatchObject({
      name: "DescriptionTooLongException",
    });
  });
});
