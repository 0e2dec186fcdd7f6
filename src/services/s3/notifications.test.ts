import * as lambdaModel from "@aws-sdk/client-lambda";
import {
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { AwsError } from "../../kernel/errors.ts";
import type { CloudEvent } from "../../kernel/events.ts";
import { defineService } from "../../kernel/rooms.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "./s3Fixture.ts";

const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";

const configure = ({ s3 }: S3Fixture, configuration: NotificationConfiguration) =>
  s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: BUCKET, NotificationConfiguration: configuration }));

/** A Lambda in which one function is there, and which notes what it is called with. */
const lambdaFake = () => {
  const calls: { principal: unknown; payload: unknown }[] = [];
  const service = defineService<object, "lambda">({
    name: "lambda",
    model: lambdaModel,
    scope: "region",
    open: () => ({}),
    operations: {
      Invoke: () => async (ctx, input) => {
        if (input.FunctionName !== FUNCTION) throw new AwsError("ResourceNotFoundException", "none", 404);
        if (input.InvocationType === "DryRun") return { StatusCode: 204 };
        calls.push({ principal: ctx.principal, payload: JSON.parse(String(input.Payload)) });
        return { StatusCode: 202 };
      },
    },
    iam: { Invoke: () => [] },
  });
  return { calls, loaders: { lambda: async () => service } };
};

describe("notifications", () => {
  it("reach a function for the events and keys its rule names", async () => {
    const { calls, loaders } = lambdaFake();
    await using room = await s3Fixture({ loaders });
    const FilterRules = [
      { Name: "prefix" as const, Value: "in/" },
      { Name: "suffix" as const, Value: ".txt" },
    ];
    const rule = {
      LambdaFunctionArn: FUNCTION,
      Events: ["s3:ObjectCreated:*" as const],
      Filter: { Key: { FilterRules } },
    };
    await configure(room, { LambdaFunctionConfigurations: [rule] });
    await room.put("in/a b.txt", "hello");
    await room.put("out/a.txt");
    await room.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "in/a b.txt" }));
    await room.cloud.tasks.idle();
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      principal: { kind: "service", service: "s3.amazonaws.com", sourceArn: `arn:aws:s3:::${BUCKET}` },
      payload: {
        Records: [
          {
            eventVersion: "2.1",
            eventSource: "aws:s3",
            awsRegion: "us-east-1",
            eventTime: "2026-01-01T00:00:00.000Z",
            eventName: "ObjectCreated:Put",
            s3: {
              bucket: { name: BUCKET, arn: `arn:aws:s3:::${BUCKET}` },
              object: { key: "in/a+b.txt", size: 5, eTag: "5d41402abc4b2a76b9719d911017c592" },
            },
          },
        ],
      },
    });
    const kept = await room.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: BUCKET }));
    expect(kept.LambdaFunctionConfigurations).toMatchObject([{ ...rule, Id: expect.any(String) }]);
  });

  it("are refused when their destination cannot be reached", async () => {
    await using room = await s3Fixture({ loaders: lambdaFake().loaders });
    const rule = { LambdaFunctionArn: `${FUNCTION}x`, Events: ["s3:ObjectCreated:*" as const] };
    await expect(configure(room, { LambdaFunctionConfigurations: [rule] })).rejects.toMatchObject({
      name: "InvalidArgument",
      message: "Unable to validate the following destination configurations",
    });
  });

  it("become events of EventBridge where that is on", async () => {
    await using room = await s3Fixture();
    const events: CloudEvent[] = [];
    room.cloud.events.subscribe((event) => events.push(event));
    await room.put("before");
    await configure(room, { EventBridgeConfiguration: {} });
    await room.put("k", "hello");
    await room.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "k" }));
    await room.cloud.tasks.idle();
    expect(events.filter(({ source }) => source === "aws.s3")).toMatchObject([
      {
        detailType: "Object Created",
        resources: [`arn:aws:s3:::${BUCKET}`],
        detail: { bucket: { name: BUCKET }, object: { key: "k", size: 5 }, reason: "PutObject" },
      },
      { detailType: "Object Deleted", detail: { "deletion-type": "Permanently Deleted", reason: "DeleteObject" } },
    ]);
  });
});
