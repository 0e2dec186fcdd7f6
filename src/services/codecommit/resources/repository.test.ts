import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  ExecuteChangeSetCommand,
} from "@aws-sdk/client-cloudformation";
import {
  CodeCommitClient,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  GetFileCommand,
  GetRepositoryCommand,
  GetRepositoryTriggersCommand,
  PutRepositoryTriggersCommand,
  UpdateRepositoryDescriptionCommand,
} from "@aws-sdk/client-codecommit";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";
import { zipOf } from "../../codepipeline/artifacts.ts";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await testCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

const template = (Properties: object) => ({
  Resources: { Repository: { Type: "AWS::CodeCommit::Repository", Properties } },
  Outputs: {
    Id: { Value: { Ref: "Repository" } },
    Arn: { Value: { "Fn::GetAtt": ["Repository", "Arn"] } },
    Name: { Value: { "Fn::GetAtt": ["Repository", "Name"] } },
    Http: { Value: { "Fn::GetAtt": ["Repository", "CloneUrlHttp"] } },
    Ssh: { Value: { "Fn::GetAtt": ["Repository", "CloneUrlSsh"] } },
  },
});

it("a repository comes with its code, changes its name in place, and goes with its stack", async () => {
  const s3 = cloud.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "code" }));
  await s3.send(new PutObjectCommand({ Bucket: "code", Key: "app.zip", Body: await zipOf("index.js", "1") }));
  const stack = stackOf(cloud);
  const client = cloud.client(CodeCommitClient);
  const Code = { S3: { Bucket: "code", Key: "app.zip" }, BranchName: "trunk" };
  const Tags = [{ Key: "a", Value: "b" }];
  const created = await stack.create(template({ RepositoryName: "app", RepositoryDescription: "d", Code, Tags }));
  expect(created.status, created.reasons.join("; ")).toBe("CREATE_COMPLETE");
  const { repositoryMetadata } = await client.send(new GetRepositoryCommand({ repositoryName: "app" }));
  expect(repositoryMetadata).toMatchObject({ defaultBranch: "trunk", repositoryDescription: "d" });
  expect(created.outputs).toEqual({
    Id: repositoryMetadata?.repositoryId,
    Arn: "arn:aws:codecommit:us-east-1:123456789012:app",
    Name: "app",
    Http: repositoryMetadata?.cloneUrlHttp,
    Ssh: repositoryMetadata?.cloneUrlSsh,
  });
  const { fileContent } = await client.send(new GetFileCommand({ repositoryName: "app", filePath: "index.js" }));
  expect(Buffer.from(fileContent ?? []).toString()).toBe("1");
  const DestinationArn = "arn:aws:sns:us-east-1:123456789012:topic";
  const Triggers = [{ Name: "t", DestinationArn, Events: ["all"], Branches: ["trunk"] }];
  const updated = await stack.update(template({ RepositoryName: "shop", Code, Triggers }));
  expect(updated.status, updated.reasons.join("; ")).toBe("UPDATE_COMPLETE");
  expect(updated.outputs).toMatchObject({ Id: repositoryMetadata?.repositoryId, Name: "shop" });
  const { triggers } = await client.send(new GetRepositoryTriggersCommand({ repositoryName: "shop" }));
  expect(triggers).toEqual([{ name: "t", destinationArn: DestinationArn, branches: ["trunk"], events: ["all"] }]);
  expect((await stack.delete()).status).toBe("DELETE_COMPLETE");
  await expect(client.send(new GetRepositoryCommand({ repositoryName: "shop" }))).rejects.toMatchObject({
    name: "RepositoryDoesNotExistException",
  });
});

it("a repository whose code is not there is not left behind", async () => {
  const stack = stackOf(cloud);
  const Code = { S3: { Bucket: "none", Key: "app.zip" } };
  const { status, reasons } = await stack.create(template({ RepositoryName: "app", Code }));
  expect(status).toBe("ROLLBACK_COMPLETE");
  expect(reasons.join("; ")).toContain("does not exist");
  const client = cloud.client(CodeCommitClient);
  await expect(client.send(new GetRepositoryCommand({ repositoryName: "app" }))).rejects.toMatchObject({
    name: "RepositoryDoesNotExistException",
  });
});

it("drifts when it is changed behind its stack's back", async () => {
  const Tags = [{ Key: "a", Value: "b" }];
  const DestinationArn = "arn:aws:sns:us-east-1:123456789012:topic";
  const Triggers = [{ Name: "t", DestinationArn, Events: ["all"], Branches: [] }];
  const properties = { RepositoryName: "app", RepositoryDescription: "d", Tags, Triggers };
  expect((await stackOf(cloud).create(template(properties))).status).toBe("CREATE_COMPLETE");
  const stacks = cloud.client(CloudFormationClient);
  const drift = async () => {
    await stacks.send(new DetectStackDriftCommand({ StackName: "app" }));
    await cloud.tasks.idle();
    const asked = new DescribeStackResourceDriftsCommand({ StackName: "app" });
    const [found] = (await stacks.send(asked)).StackResourceDrifts ?? [];
    const paths = found?.PropertyDifferences?.map(({ PropertyPath }) => PropertyPath);
    return [found?.StackResourceDriftStatus, paths];
  };
  expect(await drift()).toEqual(["IN_SYNC", []]);
  const client = cloud.client(CodeCommitClient);
  const repositoryDescription = "other";
  await client.send(new UpdateRepositoryDescriptionCommand({ repositoryName: "app", repositoryDescription }));
  await client.send(new PutRepositoryTriggersCommand({ repositoryName: "app", triggers: [] }));
  expect(await drift()).toEqual(["MODIFIED", ["/RepositoryDescription", "/Triggers"]]);
  await client.send(new DeleteRepositoryCommand({ repositoryName: "app" }));
  expect(await drift()).toEqual(["DELETED", []]);
});

it("is taken into a stack by its id", async () => {
  const client = cloud.client(CodeCommitClient);
  const asked = new CreateRepositoryCommand({ repositoryName: "app", repositoryDescription: "d" });
  const { repositoryMetadata: { repositoryId = "" } = {} } = await client.send(asked);
  const stacks = cloud.client(CloudFormationClient);
  const input = { StackName: "app", ChangeSetName: "import" };
  const { Resources } = template({ RepositoryName: "app", RepositoryDescription: "d" });
  await stacks.send(
    new CreateChangeSetCommand({
      ...input,
      ChangeSetType: "IMPORT",
      TemplateBody: JSON.stringify({
        Resources: { Repository: { ...Resources.Repository, DeletionPolicy: "Retain" } },
      }),
      ResourcesToImport: [
        {
          ResourceType: "AWS::CodeCommit::Repository",
          LogicalResourceId: "Repository",
          ResourceIdentifier: { RepositoryId: repositoryId },
        },
      ],
    }),
  );
  await cloud.tasks.idle();
  await stacks.send(new ExecuteChangeSetCommand(input));
  await cloud.tasks.idle();
  const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: "app" }));
  expect(Stacks?.[0]?.StackStatus).toBe("IMPORT_COMPLETE");
  const { StackResources } = await stacks.send(new DescribeStackResourcesCommand({ StackName: "app" }));
  expect(StackResources?.map(({ PhysicalResourceId }) => PhysicalResourceId)).toEqual([repositoryId]);
});
