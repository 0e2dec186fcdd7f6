import { DisableRuleCommand, EventBridgeClient, PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import type { CloudEvent } from "../../kernel/events.ts";
import { BUCKET, roleClient, s3Fixture } from "./s3Fixture.ts";

const made = async () => {
  const room = await s3Fixture();
  const events: CloudEvent[] = [];
  room.cloud.events.subscribe((event) => event.detailType === "AWS API Call via CloudTrail" && events.push(event));
  const rules = room.cloud.client(EventBridgeClient);
  const EventPattern = JSON.stringify({ source: ["aws.s3"], "detail-type": ["AWS API Call via CloudTrail"] });
  const told = async () => {
    await room.cloud.tasks.idle();
    return events;
  };
  return {
    ...room,
    told,
    askFor: () => rules.send(new PutRuleCommand({ Name: "writes", EventPattern })),
    forget: () => rules.send(new DisableRuleCommand({ Name: "writes" })),
  };
};

it("tells who wrote an object, as CloudTrail does, once a rule asks for that", async () => {
  await using room = await made();
  await room.put("before");
  await room.askFor();
  await room.put("in/a b.txt");
  expect(await room.told()).toEqual([
    expect.objectContaining({
      source: "aws.s3",
      resources: [],
      detail: expect.objectContaining({
        userIdentity: expect.objectContaining({ type: "Root", accountId: "123456789012" }),
        eventTime: "2026-01-01T00:00:00Z",
        eventSource: "s3.amazonaws.com",
        eventName: "PutObject",
        requestParameters: {
          bucketName: BUCKET,
          Host: `${BUCKET}.s3.us-east-1.amazonaws.com`,
          key: "in/a b.txt",
        },
        responseElements: null,
        readOnly: false,
        resources: [
          { type: "AWS::S3::Object", ARN: `arn:aws:s3:::${BUCKET}/in/a b.txt` },
          { accountId: "123456789012", type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${BUCKET}` },
        ],
        eventType: "AwsApiCall",
        managementEvent: false,
        eventCategory: "Data",
      }),
    }),
  ]);
});

it("names a copy as one, and the session of a role; what deletes tells nothing, nor does what nobody asks for", async () => {
  await using room = await made();
  await room.put("from");
  await room.askFor();
  const s3 = await roleClient(room, { Effect: "Allow", Action: "s3:*", Resource: "*" });
  await s3.send(new CopyObjectCommand({ Bucket: BUCKET, Key: "to", CopySource: `${BUCKET}/from` }));
  await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "to" }));
  await room.told();
  await room.forget();
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "after", Body: "any" }));
  expect((await room.told()).map(({ detail }) => [detail["eventName"], detail["userIdentity"]])).toEqual([
    [
      "CopyObject",
      {
        type: "AssumedRole",
        principalId: expect.stringMatching(/^AROA\w+:test$/),
        arn: "arn:aws:sts::123456789012:assumed-role/r/test",
        accountId: "123456789012",
        accessKeyId: expect.stringMatching(/^ASIA/),
        sessionContext: {
          sessionIssuer: {
            type: "Role",
            principalId: expect.stringMatching(/^AROA\w+$/),
            arn: "arn:aws:iam::123456789012:role/r",
            accountId: "123456789012",
            userName: "r",
          },
        },
      },
    ],
  ]);
});
