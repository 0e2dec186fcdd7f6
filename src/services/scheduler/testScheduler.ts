import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { TEST_ACCOUNT, testCloud } from "../../../test/harness.ts";

export const MINUTE = 60_000;
export const QUEUE_ARN = `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:due`;
export const ROLE_ARN = `arn:aws:iam::${TEST_ACCOUNT}:role/scheduler`;
export const OFF = { Mode: "OFF" } as const;
export const TARGET = { Arn: QUEUE_ARN, RoleArn: ROLE_ARN, Input: '{"job":1}' };

/** A cloud with a queue, and a role that the Scheduler may assume and that may do what is named. */
export const schedulerCloud = async (allowed: readonly string[] = ["sqs:SendMessage"]) => {
  const cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  const statement = { Effect: "Allow", Principal: { Service: "scheduler.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await iam.send(new CreateRoleCommand({ RoleName: "scheduler", AssumeRolePolicyDocument }));
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: allowed, Resource: "*" }],
  });
  await iam.send(new PutRolePolicyCommand({ RoleName: "scheduler", PolicyName: "own", PolicyDocument }));
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "due" }));
  return {
    cloud,
    sqs,
    scheduler: cloud.client(SchedulerClient),
    /** Lets what is due happen: the timer is no task, so what it starts begins a turn later. */
    settle: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      await cloud.tasks.idle();
    },
    /** What has come into the queue since it was last asked. */
    arrived: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      await cloud.tasks.idle();
      const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] });
      const { Messages = [] } = await sqs.send(receive);
      for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      return Messages;
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
};
