import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DeleteRepositoryPolicyCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  ListImagesCommand,
  ListTagsForResourceCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-ecr";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";

const repositoryName = "team/app";
const ARN = `arn:aws:ecr:us-east-1:${TEST_ACCOUNT}:repository/team/app`;

describe("a repository", () => {
  test("is described as it was made and changed", async () => {
    await using cloud = await testCloud();
    const ecr = cloud.client(ECRClient);
    const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    expect(repository).toEqual({
      repositoryArn: ARN,
      registryId: TEST_ACCOUNT,
      repositoryName,
      repositoryUri: `${TEST_ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/team/app`,
      createdAt: new Date(cloud.clock.now()),
      imageTagMutability: "MUTABLE",
      imageScanningConfiguration: { scanOnPush: false },
      encryptionConfiguration: { encryptionType: "AES256" },
    });
    await ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: "IMMUTABLE" }));
    const imageScanningConfiguration = { scanOnPush: true };
    await ecr.send(new PutImageScanningConfigurationCommand({ repositoryName, imageScanningConfiguration }));
    expect((await ecr.send(new DescribeRepositoriesCommand({}))).repositories).toMatchObject([
      { imageTagMutability: "IMMUTABLE", imageScanningConfiguration },
    ]);
    expect((await ecr.send(new ListImagesCommand({ repositoryName }))).imageIds).toEqual([]);
    await ecr.send(new DeleteRepositoryCommand({ repositoryName }));
    expect((await ecr.send(new DescribeRepositoriesCommand({}))).repositories).toEqual([]);
  });

  test("keeps a policy, a lifecycle policy and tags", async () => {
    await using cloud = await testCloud();
    const ecr = cloud.client(ECRClient);
    await ecr.send(new CreateRepositoryCommand({ repositoryName, tags: [{ Key: "a", Value: "1" }] }));
    const statement = { Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" };
    const policyText = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await expect(ecr.send(new GetRepositoryPolicyCommand({ repositoryName }))).rejects.toMatchObject({
      name: "RepositoryPolicyNotFoundException",
    });
    await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
    expect(await ecr.send(new GetRepositoryPolicyCommand({ repositoryName }))).toMatchObject({ policyText });
    await ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName }));
    const rule = {
      rulePriority: 1,
      selection: { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 9 },
      action: { type: "expire" },
    };
    const lifecyclePolicyText = JSON.stringify({ rules: [rule] });
    await ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
    expect(await ecr.send(new GetLifecyclePolicyCommand({ repositoryName }))).toMatchObject({ lifecyclePolicyText });
    await ecr.send(new TagResourceCommand({ resourceArn: ARN, tags: [{ Key: "b", Value: "2" }] }));
    await ecr.send(new UntagResourceCommand({ resourceArn: ARN, tagKeys: ["a"] }));
    expect((await ecr.send(new ListTagsForResourceCommand({ resourceArn: ARN }))).tags).toEqual([
      { Key: "b", Value: "2" },
    ]);
  });

  test("comes in pages", async () => {
    await using cloud = await testCloud();
    const ecr = cloud.client(ECRClient);
    for (const name of ["aa", "bb", "cc"]) await ecr.send(new CreateRepositoryCommand({ repositoryName: name }));
    const first = await ecr.send(new DescribeRepositoriesCommand({ maxResults: 2 }));
    const rest = await ecr.send(new DescribeRepositoriesCommand({ maxResults: 2, nextToken: first.nextToken }));
    const names = [first, rest].map(({ repositories = [] }) => repositories.map((each) => each.repositoryName));
    expect(names).toEqual([["aa", "bb"], ["cc"]]);
    expect(rest.nextToken).toBeUndefined();
  });
});

describe("refusals", () => {
  test("are ECR's own", async () => {
    await using cloud = await testCloud();
    const ecr = cloud.client(ECRClient);
    await expect(ecr.send(new DeleteRepositoryCommand({ repositoryName }))).rejects.toMatchObject({
      name: "RepositoryNotFoundException",
      message: `The repository with name 'team/app' does not exist in the registry with id '${TEST_ACCOUNT}'`,
    });
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    await expect(ecr.send(new CreateRepositoryCommand({ repositoryName }))).rejects.toMatchObject({
      name: "RepositoryAlreadyExistsException",
    });
    await expect(ecr.send(new CreateRepositoryCommand({ repositoryName: "Upper" }))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    await expect(
      ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText: "{}".padEnd(100) })),
    ).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(
      ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: "MUTABLE_WITH_EXCLUSION" })),
    ).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(
      ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: "latest" }] })),
    ).rejects.toMatchObject({ name: "ImageNotFoundException" });
    const { failures } = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: "x" }] }));
    expect(failures).toMatchObject([{ failureCode: "ImageNotFound" }]);
  });

  test("images cannot be pushed, and that is said", async () => {
    await using cloud = await testCloud();
    await expect(cloud.client(ECRClient).send(new GetAuthorizationTokenCommand({}))).rejects.toMatchObject({
      name: "NotImplemented",
    });
  });
});
