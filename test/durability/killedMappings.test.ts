import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateEventSourceMappingCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { createHello } from "../../src/services/lambda/testLambda.ts";
import { serviceRole } from "../serviceRole.ts";
import { temporaryDirectory } from "../socket/clouds.ts";
import { type BuiltCloud, startBuilt } from "./builtCloud.ts";

const KILLS = 4;
const MESSAGES_A_RUN = 25;
/** So long are those hidden that a kill left with the function. */
const HIDDEN_SECONDS = 600;
/** Every look is a request, so these many are minutes. */
const MAX_LOOKS = 20_000;

/** Tells of each message before it is done with the batch, so that a kill finds some told of and not removed. */
const HANDLER = `
import { appendFileSync } from "node:fs";
export const handler = async ({ Records }) => {
  for (const { body } of Records) {
    appendFileSync(process.env.TOLD, body + "\\n");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};`;

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  for (let looks = 0; looks < MAX_LOOKS; looks++) if (await isSo()) return;
  throw new Error("it did not come to be");
};

const prepare = async (cloud: BuiltCloud, told: string): Promise<string> => {
  await serviceRole(cloud.client(IAMClient), "hello", "lambda", ["logs:*", "sqs:*"]);
  const Attributes = { VisibilityTimeout: String(HIDDEN_SECONDS) };
  const { QueueUrl = "" } = await cloud
    .client(SQSClient)
    .send(new CreateQueueCommand({ QueueName: "jobs", Attributes }));
  const lambda = cloud.client(LambdaClient);
  await createHello(lambda, HANDLER, { Timeout: 30, Environment: { Variables: { TOLD: told } } });
  const EventSourceArn = "arn:aws:sqs:us-east-1:123456789012:jobs";
  await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: "hello", EventSourceArn, BatchSize: 5 }));
  return QueueUrl;
};

const waiting = async (cloud: BuiltCloud, QueueUrl: string): Promise<number> => {
  const AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  const request = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] });
  const { Attributes = {} } = await cloud.client(SQSClient).send(request);
  return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name]), 0);
};

describe("an event source mapping whose cloud is killed", () => {
  it("loses no message, and gives none again that was removed", { timeout: 240_000 }, async () => {
    using directory = temporaryDirectory();
    const state = join(directory.path, "state");
    const toldFile = join(directory.path, "told");
    const told = () => (existsSync(toldFile) ? readFileSync(toldFile, "utf8").split("\n").slice(0, -1) : []);
    const acknowledged: string[] = [];
    let cloud = await startBuilt(state);
    try {
      const queue = new URL(await prepare(cloud, toldFile)).pathname;
      const queueUrl = () => `${cloud.endpoint}${queue}`;
      for (let run = 0; run < KILLS; run++) {
        const before = told().length;
        const sqs = cloud.client(SQSClient);
        for (let number = 0; number < MESSAGES_A_RUN; number++) {
          const MessageBody = `${run}-${number}`;
          await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(), MessageBody }));
          acknowledged.push(MessageBody);
        }
        // From the first batch to well into them.
        await until(async () => (await waiting(cloud, queueUrl())) >= 0 && told().length > before + run * 5);
        await cloud.end("SIGKILL");
        cloud = await startBuilt(state);
      }
      await cloud.advance(HIDDEN_SECONDS * 1000);
      await until(async () => (await waiting(cloud, queueUrl())) === 0);
      const counts = new Map<string, number>();
      for (const body of told()) counts.set(body, (counts.get(body) ?? 0) + 1);
      expect([...counts.keys()].sort()).toEqual([...acknowledged].sort());
      // A message comes again only where a kill left it with the function.
      expect(Math.max(...counts.values())).toBeLessThanOrEqual(KILLS + 1);
      const again = told().length - acknowledged.length;
      expect(again).toBeLessThan(acknowledged.length);
    } finally {
      await cloud.end("SIGTERM");
    }
  });
});
