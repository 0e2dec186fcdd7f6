import { IAMClient } from "@aws-sdk/client-iam";
import {
  CreatePipeCommand,
  type CreatePipeCommandInput,
  DescribePipeCommand,
  PipesClient,
} from "@aws-sdk/client-pipes";
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { vi } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../test/harness.ts";
import { serviceRole } from "../../../test/serviceRole.ts";

export const ROLE_ARN = `arn:aws:iam::${TEST_ACCOUNT}:role/pipe`;
export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:${name}`;
export const queueUrl = (name: string) => `http://127.0.0.1:4566/${TEST_ACCOUNT}/${name}`;
/** What reading a queue takes. */
export const READS = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
export const SENDS = [...READS, "sqs:SendMessage"];

/** How long a test waits for what comes in the background. */
export const EVENTUALLY = { timeout: 20_000, interval: 10 };

/** A cloud with the queues `in` and `out`, and a role that pipes may assume and that may do what is named. */
export const pipesCloud = async (allowed: readonly string[] = SENDS) => {
  const cloud = await testCloud();
  await serviceRole(cloud.client(IAMClient), "pipe", "pipes", allowed);
  const sqs = cloud.client(SQSClient);
  for (const QueueName of ["in", "out"]) await sqs.send(new CreateQueueCommand({ QueueName }));
  const pipes = cloud.client(PipesClient);
  const described = (Name = "p") => pipes.send(new DescribePipeCommand({ Name }));
  return {
    cloud,
    sqs,
    pipes,
    described,
    /** Makes a pipe from `in` to `out`, or as is said, and tells what became of it. */
    create: async (more: Partial<CreatePipeCommandInput> = {}) => {
      const given = { Name: "p", Source: queueArn("in"), Target: queueArn("out"), RoleArn: ROLE_ARN, ...more };
      await pipes.send(new CreatePipeCommand(given));
      return described(given.Name);
    },
    /** Waits for that many messages of a queue, and takes them. */
    arrived: async (count: number, name = "out") => {
      const found: { Body?: string | undefined; Attributes?: Record<string, string> | undefined }[] = [];
      await vi.waitFor(async () => {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: queueUrl(name),
            MaxNumberOfMessages: 10,
            MessageSystemAttributeNames: ["All"],
          }),
        );
        for (const { ReceiptHandle } of Messages)
          await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl(name), ReceiptHandle }));
        found.push(...Messages);
        if (found.length < count) throw new Error(`${found.length} of ${count} messages`);
      }, EVENTUALLY);
      return found;
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
};
