import { IAMClient } from "@aws-sdk/client-iam";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { TEST_ACCOUNT, testCloud } from "../../../test/harness.ts";
import { serviceRole } from "../../../test/serviceRole.ts";

export const MINUTE = 60_000;
export const QUEUE_ARN = `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:due`;
export const ROLE_ARN = `arn:aws:iam::${TEST_ACCOUNT}:role/scheduler`;
export const OFF = { Mode: "OFF" } as const;
export const TARGET = { Arn: QUEUE_ARN, RoleArn: ROLE_ARN, Input: '{"job":1}' };

/** A cloud with a queue, and a role that the Scheduler may assume and that may do what is named. */
export const schedulerCloud = async (allowed: readonly string[] = ["sqs:SendMessage"]) => {
  const cloud = await testCloud();
  await serviceRole(cloud.client(IAMClient), "scheduler", "scheduler", allowed);
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
