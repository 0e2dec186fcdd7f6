import { CodeCommitClient, CreateRepositoryCommand, PutFileCommand } from "@aws-sdk/client-codecommit";
import { expect, test } from "vitest";
import { testCloud } from "../../../test/harness.ts";
import { EVENT_TYPES } from "./eventTypes.ts";
import { launchedRule } from "./testNotifications.ts";

const resource = "arn:aws:codecommit:us-east-1:123456789012:app";

test("a rule on a repository tells its topic of the branches that are made", async () => {
  await using cloud = await testCloud();
  const eventTypes = ["codecommit-repository-branches-and-tags-created"];
  const { told } = await launchedRule(cloud, { detailType: "BASIC", eventTypes, resource });
  const client = cloud.client(CodeCommitClient);
  const put = async (repositoryName: string, parentCommitId?: string) => {
    const file = { branchName: "main", filePath: `f${parentCommitId ?? ""}`, fileContent: Buffer.from("1") };
    const { commitId } = await client.send(new PutFileCommand({ repositoryName, parentCommitId, ...file }));
    await cloud.tasks.idle();
    return commitId;
  };
  for (const repositoryName of ["app", "other"]) {
    await client.send(new CreateRepositoryCommand({ repositoryName }));
    await put(repositoryName, await put(repositoryName));
  }
  expect(await told()).toMatchObject([
    {
      source: "aws.codecommit",
      detailType: "CodeCommit Repository State Change",
      resources: [resource],
      detail: { event: "referenceCreated", referenceName: "main", repositoryName: "app" },
    },
  ]);
});

test("the events of repositories have the names of the reference", () => {
  const names = EVENT_TYPES.filter(({ serviceName }) => serviceName === "CodeCommit").map(({ id, name }) => [id, name]);
  expect(names).toContainEqual(["codecommit-repository-comments-on-pull-requests", "Comments: On pull requests"]);
  expect(names).toContainEqual(["codecommit-repository-approvals-rule-override", "Approvals: Rule override"]);
  expect(names).toHaveLength(11);
});
