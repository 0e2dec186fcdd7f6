import {
  CodeCommitClient,
  CreateBranchCommand,
  CreatePullRequestCommand,
  GetPullRequestCommand,
  GetRepositoryCommand,
  MergeBranchesByFastForwardCommand,
  MergePullRequestByFastForwardCommand,
  PutFileCommand,
  TagResourceCommand,
} from "@aws-sdk/client-codecommit";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type CommitCloud, commitCloud } from "./testCommit.ts";

const ARN = "arn:aws:codecommit:us-east-1:123456789012:app";

let made: CommitCloud;
let first: string;
beforeEach(async () => {
  made = await commitCloud();
  first = await made.first({ a: "1" });
  for (const branchName of ["team/one", "team/two"])
    await made.client.send(new CreateBranchCommand({ repositoryName: "app", branchName, commitId: first }));
});
afterEach(() => made[Symbol.asyncDispose]());

/** A client of a user with that policy, and how its calls end. */
const userWith = async (...Statement: object[]) => {
  const iam = made.cloud.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: "ann" }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "p", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  const client = made.cloud.client(CodeCommitClient, { credentials });
  return (send: (client: CodeCommitClient) => Promise<unknown>) =>
    send(client).then(
      () => "done",
      ({ name, message }: Error) => (name === "AccessDeniedException" ? message : name),
    );
};

it("branches are changed, by files and by merges, as far as codecommit:References goes", async () => {
  const as = await userWith(
    { Effect: "Allow", Action: "codecommit:*", Resource: ARN },
    {
      Effect: "Deny",
      Action: ["codecommit:PutFile", "codecommit:Merge*", "codecommit:CreateBranch"],
      Resource: ARN,
      Condition: { StringNotLikeIfExists: { "codecommit:References": ["refs/heads/team/*"] } },
    },
  );
  const put = (branchName: string) => (client: CodeCommitClient) =>
    client.send(
      new PutFileCommand({
        ...{ repositoryName: "app", branchName, filePath: "b", fileContent: Buffer.from("2") },
        parentCommitId: first,
      }),
    );
  expect(await as(put("main"))).toContain(`is not authorized to perform: codecommit:PutFile on resource: ${ARN}`);
  expect(await as(put("team/one"))).toBe("done");
  const create = (branchName: string) => (client: CodeCommitClient) =>
    client.send(new CreateBranchCommand({ repositoryName: "app", branchName, commitId: first }));
  expect(await as(create("other"))).toContain("codecommit:CreateBranch");
  expect(await as(create("team/three"))).toBe("done");
  const merge = (destinationCommitSpecifier: string) => (client: CodeCommitClient) =>
    client.send(
      new MergeBranchesByFastForwardCommand({
        ...{ repositoryName: "app", sourceCommitSpecifier: "team/one", destinationCommitSpecifier },
      }),
    );
  expect(await as(merge("main"))).toContain("codecommit:MergeBranchesByFastForward");
  expect(await as(merge("team/two"))).toBe("done");
  const targets = [{ repositoryName: "app", sourceReference: "team/one" }];
  const { pullRequest } = await made.client.send(new CreatePullRequestCommand({ title: "t", targets }));
  const pullRequestId = pullRequest?.pullRequestId;
  expect(await as((client) => client.send(new GetPullRequestCommand({ pullRequestId })))).toBe("done");
  expect(
    await as((client) =>
      client.send(new MergePullRequestByFastForwardCommand({ pullRequestId, repositoryName: "app" })),
    ),
  ).toContain("codecommit:MergePullRequestByFastForward");
});

it("repositories are told apart by their ARNs and tags", async () => {
  const as = await userWith({
    Effect: "Allow",
    Action: "codecommit:Get*",
    Resource: ARN,
    Condition: { StringEquals: { "aws:ResourceTag/team": "web" } },
  });
  const get = (repositoryName: string) => (client: CodeCommitClient) =>
    client.send(new GetRepositoryCommand({ repositoryName }));
  expect(await as(get("app"))).toContain("codecommit:GetRepository");
  await made.client.send(new TagResourceCommand({ resourceArn: ARN, tags: { team: "web" } }));
  expect(await as(get("app"))).toBe("done");
  // Nothing tells a stranger whether there is such a repository.
  expect(await as(get("other"))).toContain("codecommit:GetRepository");
});
