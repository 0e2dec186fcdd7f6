import {
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectTaggingCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { FUNCTION, lambdaFake } from "../../../test/lambdaFake.ts";
import type { CloudEvent } from "../../kernel/events.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "./s3Fixture.ts";

const configure = ({ s3 }: S3Fixture, configuration: NotificationConfiguration) =>
  s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: BUCKET, NotificationConfiguration: configuration }));

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
    expect(kept.LambdaFunctionConfigurations).toMatchObject([
      { LambdaFunctionArn: FUNCTION, Events: rule.Events, Id: expect.any(String) },
    ]);
  });

  it("are refused when their destination cannot be reached", async () => {
    await using room = await s3Fixture({ loaders: lambdaFake().loaders });
    const rule = { LambdaFunctionArn: `${FUNCTION}x`, Events: ["s3:ObjectCreated:*" as const] };
    await expect(configure(room, { LambdaFunctionConfigurations: [rule] })).rejects.toMatchObject({
      name: "InvalidArgument",
      message: "Unable to validate the following destination configurations",
      ArgumentName1: `${FUNCTION}x, null`,
      ArgumentValue1: `Not authorized to invoke function [${FUNCTION}x]`,
    });
    const Events = ["s3:ObjectCreated:*" as const];
    const QueueConfigurations = ["one", "two"].map((name) => ({
      QueueArn: `arn:aws:sqs:us-east-1:123456789012:${name}`,
      Events,
    }));
    await expect(configure(room, { QueueConfigurations })).rejects.toMatchObject({
      ArgumentName2: QueueConfigurations[1]?.QueueArn,
      ArgumentValue2: "The destination queue does not exist",
    });
    await expect(configure(room, { TopicConfigurations: [{ TopicArn: "topic", Events }] })).rejects.toMatchObject({
      message: "The ARN could not be parsed",
      ArgumentName: "Topic",
      ArgumentValue: "topic",
    });
  });

  it("tell of tags and markers as S3 does, and names filters in one spelling", async () => {
    const { calls, loaders } = lambdaFake();
    await using room = await s3Fixture({ loaders });
    const VersioningConfiguration = { Status: "Enabled" as const };
    await room.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration }));
    const VersionId = await room.put("k", "hello");
    const FilterRules = [{ Name: "PREFIX" as "prefix", Value: "k" }];
    const Events = ["s3:ObjectTagging:*" as const, "s3:ObjectRemoved:*" as const];
    await configure(room, {
      LambdaFunctionConfigurations: [{ LambdaFunctionArn: FUNCTION, Events, Filter: { Key: { FilterRules } } }],
    });
    const kept = await room.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: BUCKET }));
    expect(kept.LambdaFunctionConfigurations?.[0]?.Filter?.Key?.FilterRules).toEqual([{ Name: "Prefix", Value: "k" }]);
    const Tagging = { TagSet: [{ Key: "a", Value: "b" }] };
    await room.s3.send(new PutObjectTaggingCommand({ Bucket: BUCKET, Key: "k", Tagging }));
    await room.cloud.tasks.idle();
    await room.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "k" }));
    await room.cloud.tasks.idle();
    type Told = { Records: { s3: { object: object } }[] };
    const told = calls.flatMap(({ payload }) => (payload as Told).Records);
    expect(told).toMatchObject([
      { eventName: "ObjectTagging:Put", eventVersion: "2.3", s3: { object: { key: "k", versionId: VersionId } } },
      { eventName: "ObjectRemoved:DeleteMarkerCreated", eventVersion: "2.1" },
    ]);
    expect(Object.keys(told[0]?.s3.object ?? {})).toEqual(["key", "eTag", "versionId"]);
    expect(told[1]?.s3.object).toMatchObject({ eTag: "d41d8cd98f00b204e9800998ecf8427e" });
  });

  it("tell of the deletion of what was not there", async () => {
    const { calls, loaders } = lambdaFake();
    await using room = await s3Fixture({ loaders });
    const Events = ["s3:ObjectRemoved:*" as const];
    await configure(room, { LambdaFunctionConfigurations: [{ LambdaFunctionArn: FUNCTION, Events }] });
    await room.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "never" }));
    await room.cloud.tasks.idle();
    expect(calls).toMatchObject([
      { payload: { Records: [{ eventName: "ObjectRemoved:Delete", s3: { object: { key: "never" } } }] } },
    ]);
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
