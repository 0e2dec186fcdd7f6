import { GetDeploymentGroupCommand, UpdateDeploymentGroupCommand } from "@aws-sdk/client-codedeploy";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { setUp } from "./testDeployments.ts";

test("a group's triggers are told as AWS tells them, of a failure and of the rollback after it", async () => {
  await using room = await setUp({
    allowed: ["lambda:*", "sns:Publish"],
    onInvoke: async () => "Unhandled",
    group: { autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_FAILURE"] } },
  });
  const sns = room.cloud.client(SNSClient);
  const sqs = room.cloud.client(SQSClient);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "told" }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "told" }));
  const Endpoint = "arn:aws:sqs:us-east-1:123456789012:told";
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: Endpoint }],
  });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint }));
  await room.client.send(
    new UpdateDeploymentGroupCommand({
      applicationName: "app",
      currentDeploymentGroupName: "group",
      triggerConfigurations: [
        {
          triggerName: "all",
          triggerTargetArn: TopicArn,
          triggerEvents: ["DeploymentStart", "DeploymentSuccess", "DeploymentFailure", "DeploymentRollback"],
        },
      ],
    }),
  );
  const id = await room.deploy([{ BeforeAllowTraffic: "check" }]);
  await room.cloud.tasks.idle();
  const messages = new Map<string, { Subject: string; Message: Record<string, string | null> }>();
  for (let asked = 0; asked < 10 && messages.size < 5; asked++) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    for (const { Body = "" } of Messages) {
      const { Subject, Message } = JSON.parse(Body);
      messages.set(Subject, { Subject, Message: JSON.parse(Message) });
    }
  }
  const rollbackId = (await room.info(id))?.rollbackInfo?.rollbackDeploymentId ?? "";
  const subject = (status: string, of: string) => `${status}: AWS CodeDeploy ${of} in us-east-1 to app`;
  expect([...messages.keys()].sort()).toEqual(
    [
      subject("CREATED", id),
      subject("FAILED", id),
      subject("CREATED", rollbackId),
      subject("IN_PROGRESS", rollbackId),
      subject("SUCCEEDED", rollbackId),
    ].sort(),
  );
  const shared = {
    region: "us-east-1",
    accountId: "123456789012",
    eventTriggerName: "all",
    applicationName: "app",
    deploymentGroupName: "group",
  };
  expect(messages.get(subject("CREATED", id))?.Message).toEqual({
    ...shared,
    deploymentId: id,
    createTime: expect.stringMatching(/^\w{3} \w{3} \d\d [\d:]{8} UTC \d{4}$/),
    completeTime: null,
    status: "CREATED",
  });
  const failed = messages.get(subject("FAILED", id))?.Message ?? {};
  expect(failed).toMatchObject({ ...shared, deploymentId: id, status: "FAILED" });
  expect(JSON.parse(failed["errorInformation"] ?? "")).toMatchObject({ ErrorCode: "HOOK_EXECUTION_FAILURE" });
  expect(failed["deploymentOverview"]).toBe('{"Succeeded":0,"Failed":1,"Skipped":0,"InProgress":0,"Pending":0}');
  const rollback = messages.get(subject("SUCCEEDED", rollbackId))?.Message ?? {};
  expect(JSON.parse(rollback["rollbackInformation"] ?? "")).toEqual({
    RollbackMessage: `Deployment ${rollbackId} is triggered to roll back deployment ${id}.`,
    RollbackTriggeringDeploymentId: id,
  });
});

// https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-codedeploy.html
test("the event stream is told of a deployment with AWS's members", async () => {
  await using room = await setUp();
  const details: object[] = [];
  room.cloud.events.subscribe(({ source, detail }) => source === "aws.codedeploy" && details.push(detail));
  const deploymentId = await room.deploy();
  await room.cloud.tasks.idle();
  const named = new GetDeploymentGroupCommand({ applicationName: "app", deploymentGroupName: "group" });
  const { deploymentGroupInfo } = await room.client.send(named);
  const told = (state: string) => ({
    instanceGroupId: deploymentGroupInfo?.deploymentGroupId,
    region: "us-east-1",
    application: "app",
    deploymentId,
    state,
    deploymentGroup: "group",
  });
  expect(details).toEqual([told("START"), told("SUCCESS")]);
});
