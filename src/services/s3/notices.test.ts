import * as lambdaModel from "@aws-sdk/client-lambda";
import { PutBucketNotificationConfigurationCommand } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, TEST_REGION } from "../../../test/harness.ts";
import { AwsError } from "../../kernel/errors.ts";
import { defineService } from "../../kernel/rooms.ts";
import { isS3Room } from "./isRoom.ts";
import { MAX_NOTICE_ATTEMPTS } from "./limits.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "./s3Fixture.ts";

const FUNCTION = `arn:aws:lambda:us-east-1:${TEST_ACCOUNT}:function:f`;

/** A bucket that notifies a function, which refuses its first calls so. */
const setUp = async (...refusals: AwsError[]) => {
  let calls = 0;
  const lambda = defineService<object, "lambda">({
    name: "lambda",
    model: lambdaModel,
    scope: "region",
    open: () => ({}),
    operations: {
      Invoke:
        () =>
        async (_ctx, { InvocationType }) => {
          if (InvocationType === "DryRun") return { StatusCode: 204 };
          calls++;
          const refused = refusals.shift();
          if (refused) throw refused;
          return { StatusCode: 202 };
        },
    },
    iam: { Invoke: () => [] },
  });
  const fixture = await s3Fixture({ loaders: { lambda: async () => lambda } });
  const rule = { LambdaFunctionArn: FUNCTION, Events: ["s3:ObjectCreated:*" as const] };
  const NotificationConfiguration = { LambdaFunctionConfigurations: [rule] };
  await fixture.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: BUCKET, NotificationConfiguration }));
  return { ...fixture, calls: () => calls, [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose]() };
};

const noticesOf = ({ cloud }: S3Fixture) => {
  const room = cloud.rooms.peek("s3", TEST_ACCOUNT, TEST_REGION)?.room.room;
  if (!isS3Room(room)) throw new Error("S3 is not open");
  return room.notices;
};

const busy = () => new AwsError("TooManyRequestsException", "Rate exceeded", 429);

/** Lets time pass until nothing waits for it any more. */
const settle = async ({ cloud }: S3Fixture) => {
  let settled = false;
  const idle = cloud.tasks.idle().then(() => {
    settled = true;
  });
  while (!settled) {
    cloud.clock.advance(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await idle;
};

test("a destination that is busy is tried again", async () => {
  await using fixture = await setUp(busy(), busy());
  await fixture.put("k");
  await settle(fixture);
  expect([fixture.calls(), noticesOf(fixture).count()]).toEqual([3, 0]);
});

test("one that stays so is given up", async () => {
  await using fixture = await setUp(...Array.from({ length: MAX_NOTICE_ATTEMPTS + 1 }, busy));
  await fixture.put("k");
  await settle(fixture);
  expect([fixture.calls(), noticesOf(fixture).count()]).toEqual([MAX_NOTICE_ATTEMPTS, 0]);
});

test("one that may not be reached is not", async () => {
  await using fixture = await setUp(new AwsError("AccessDeniedException", "no", 403));
  await fixture.put("k");
  await fixture.cloud.tasks.idle();
  expect([fixture.calls(), noticesOf(fixture).count()]).toEqual([1, 0]);
});

test("what an earlier process left is sent when the cloud starts", async () => {
  await using fixture = await setUp();
  const bucket = { name: BUCKET, account: TEST_ACCOUNT, region: TEST_REGION };
  noticesOf(fixture).put("1", { id: "1", bucket, kind: "function", arn: FUNCTION, message: "{}", attempts: 2 });
  await fixture.cloud.resume();
  await fixture.cloud.tasks.idle();
  expect([fixture.calls(), noticesOf(fixture).count()]).toEqual([1, 0]);
});
