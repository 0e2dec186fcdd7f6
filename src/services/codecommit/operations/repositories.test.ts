import {
  BatchGetRepositoriesCommand,
  CodeCommitClient,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  GetRepositoryCommand,
  ListRepositoriesCommand,
  type ListRepositoriesCommandInput,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateRepositoryDescriptionCommand,
  UpdateRepositoryEncryptionKeyCommand,
  UpdateRepositoryNameCommand,
} from "@aws-sdk/client-codecommit";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

let cloud: TestCloud;
let client: CodeCommitClient;
beforeEach(async () => {
  cloud = await testCloud();
  client = cloud.client(CodeCommitClient);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const create = (repositoryName: string, more: object = {}) =>
  client.send(new CreateRepositoryCommand({ repositoryName, ...more }));
const get = async (repositoryName: string) =>
  (await client.send(new GetRepositoryCommand({ repositoryName }))).repositoryMetadata;
const ARN = "arn:aws:codecommit:us-east-1:123456789012:app";

describe("a repository", () => {
  it("is made and shown", async () => {
    const { repositoryMetadata } = await create("app", { repositoryDescription: "d" });
    expect(repositoryMetadata).toEqual({
      accountId: "123456789012",
      repositoryId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      repositoryName: "app",
      repositoryDescription: "d",
      creationDate: expect.any(Date),
      lastModifiedDate: repositoryMetadata?.creationDate,
      cloneUrlHttp: "http://git-codecommit.us-east-1.localhost:4566/v1/repos/app",
      cloneUrlSsh: "ssh://git-codecommit.us-east-1.amazonaws.com/v1/repos/app",
      Arn: ARN,
    });
    expect(await get("app")).toEqual(repositoryMetadata);
    const { repositories, repositoriesNotFound } = await client.send(
      new BatchGetRepositoriesCommand({ repositoryNames: ["app", "none"] }),
    );
    expect([repositories, repositoriesNotFound]).toEqual([[repositoryMetadata], ["none"]]);
  });

  it("has a name of its own, in whose letters case counts", async () => {
    await create("app");
    await create("App");
    const both = await Promise.allSettled([create("twice"), create("twice")]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(create("app")).rejects.toMatchObject({
      name: "RepositoryNameExistsException",
      message: "Repository named app already exists",
    });
    for (const name of ["a b", "a@b", "a".repeat(101), "app.git"])
      await expect(create(name)).rejects.toMatchObject({ name: "InvalidRepositoryNameException" });
    await expect(get("none")).rejects.toMatchObject({
      name: "RepositoryDoesNotExistException",
      message: "none does not exist",
    });
    await expect(create("long", { repositoryDescription: "d".repeat(1001) })).rejects.toMatchObject({
      name: "InvalidRepositoryDescriptionException",
    });
  });

  it("is renamed and described anew", async () => {
    const { repositoryMetadata } = await create("app", { repositoryDescription: "d" });
    await client.send(new UpdateRepositoryNameCommand({ oldName: "app", newName: "shop" }));
    await client.send(new UpdateRepositoryDescriptionCommand({ repositoryName: "shop" }));
    const { repositoryDescription: _, ...kept } = repositoryMetadata ?? {};
    expect(await get("shop")).toMatchObject({ repositoryId: kept.repositoryId, creationDate: kept.creationDate });
    expect((await get("shop"))?.repositoryDescription).toBeUndefined();
    await create("app");
    await expect(
      client.send(new UpdateRepositoryNameCommand({ oldName: "shop", newName: "app" })),
    ).rejects.toMatchObject({ name: "RepositoryNameExistsException" });
  });

  it("is deleted, and its name is free", async () => {
    const { repositoryMetadata } = await create("app");
    const remove = () => client.send(new DeleteRepositoryCommand({ repositoryName: "app" }));
    expect((await remove()).repositoryId).toBe(repositoryMetadata?.repositoryId);
    expect((await remove()).repositoryId).toBeUndefined();
    await create("app");
  });

  it("is listed by name or time, either way", async () => {
    for (const name of ["b", "c", "a"]) {
      await create(name);
      cloud.clock.advance(1000);
    }
    const listed = async (input: ListRepositoriesCommandInput) =>
      (await client.send(new ListRepositoriesCommand(input))).repositories?.map(({ repositoryName }) => repositoryName);
    expect(await listed({})).toEqual(["a", "b", "c"]);
    expect(await listed({ order: "descending" })).toEqual(["c", "b", "a"]);
    expect(await listed({ sortBy: "lastModifiedDate" })).toEqual(["b", "c", "a"]);
    expect(await listed({ sortBy: "lastModifiedDate", order: "descending" })).toEqual(["a", "c", "b"]);
    await expect(listed({ sortBy: "size" as "repositoryName" })).rejects.toMatchObject({
      name: "InvalidSortByException",
    });
    await expect(listed({ nextToken: "?" })).rejects.toMatchObject({ name: "InvalidContinuationTokenException" });
  });

  it("has tags", async () => {
    await create("app", { tags: { a: "1", b: "2" } });
    await client.send(new TagResourceCommand({ resourceArn: ARN, tags: { b: "3", c: "4" } }));
    await client.send(new UntagResourceCommand({ resourceArn: ARN, tagKeys: ["a"] }));
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: ARN }));
    expect(tags).toEqual({ b: "3", c: "4" });
    const tag = (resourceArn: string, more: Record<string, string>) =>
      client.send(new TagResourceCommand({ resourceArn, tags: more }));
    await expect(tag(ARN, { "aws:x": "y" })).rejects.toMatchObject({ name: "InvalidSystemTagUsageException" });
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, ""]));
    await expect(tag(ARN, many)).rejects.toMatchObject({ name: "TooManyTagsException" });
    await expect(tag("arn:aws:s3:::x", {})).rejects.toMatchObject({ name: "InvalidResourceArnException" });
    await expect(tag(`${ARN}2`, {})).rejects.toMatchObject({ name: "RepositoryDoesNotExistException" });
  });

  it("has a key that can encrypt", async () => {
    const { repositoryMetadata } = await create("app");
    const kms = cloud.client(KMSClient);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const kmsKeyId = KeyMetadata?.Arn;
    const change = (key: string | undefined) =>
      client.send(new UpdateRepositoryEncryptionKeyCommand({ repositoryName: "app", kmsKeyId: key }));
    expect(await change(kmsKeyId)).toMatchObject({ repositoryId: repositoryMetadata?.repositoryId, kmsKeyId });
    expect((await get("app"))?.kmsKeyId).toBe(kmsKeyId);
    await kms.send(new DisableKeyCommand({ KeyId: kmsKeyId }));
    await expect(change(kmsKeyId)).rejects.toMatchObject({ name: "EncryptionKeyDisabledException" });
    await expect(change("1234abcd-12ab-34cd-56ef-1234567890ab")).rejects.toMatchObject({
      name: "EncryptionKeyNotFoundException",
    });
  });
});
