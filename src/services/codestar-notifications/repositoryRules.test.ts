import { CodeCommitClient, CreateRepositoryCommand, PutFileCommand } from "@aws-sdk/client-codecommit";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { testCloud } from "../../../test/harness.ts";
import { stackOf } from "../../../test/stackOf.ts";
import { EVENT_TYPES } from "./eventTypes.ts";

const allow = (Service: string, Action: string) => ({
  Statement: [{ Effect: "Allow", Principal: { Service }, Action, Resource: "*" }],
});
const Resource = "arn:aws:codecommit:us-east-1:123456789012:app";

const template = {
  Resources: {
    Topic: { Type: "AWS::SNS::Topic" },
    TopicPolicy: {
      Type: "AWS::SNS::TopicPolicy",
      Properties: {
        Topics: [{ Ref: "Topic" }],
        PolicyDocument: allow("codestar-notifications.amazonaws.com", "sns:Publish"),
      },
    },
    Queue: { Type: "AWS::SQS::Queue" },
    QueuePolicy: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: { Queues: [{ Ref: "Queue" }], PolicyDocument: allow("sns.amazonaws.com", "sqs:SendMessage") },
    },
    Subscription: {
      Type: "AWS::SNS::Subscription",
      Properties: { TopicArn: { Ref: "Topic" }, Protocol: "sqs", Endpoint: { "Fn::GetAtt": ["Queue", "Arn"] } },
    },
    Rule: {
      Type: "AWS::CodeStarNotifications::NotificationRule",
      Properties: {
        ...{ Name: "pushes", DetailType: "BASIC", Resource },
        EventTypeIds: ["codecommit-repository-branches-and-tags-created"],
        Targets: [{ TargetType: "SNS", TargetAddress: { Ref: "Topic" } }],
      },
    },
  },
  Outputs: { Queue: { Value: { Ref: "Queue" } } },
};

test("a rule on a repository tells its topic of the branches that are made", async () => {
  await using cloud = await testCloud();
  const { status, outputs, reasons } = await stackOf(cloud).create(template);
  expect(status, reasons.join("; ")).toBe("CREATE_COMPLETE");
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
  const asked = new ReceiveMessageCommand({ QueueUrl: outputs["Queue"], MaxNumberOfMessages: 10 });
  const { Messages = [] } = await cloud.client(SQSClient).send(asked);
  expect(Messages.map(({ Body = "" }) => JSON.parse(JSON.parse(Body).Message))).toMatchObject([
    {
      source: "aws.codecommit",
      detailType: "CodeCommit Repository State Change",
      resources: [Resource],
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
