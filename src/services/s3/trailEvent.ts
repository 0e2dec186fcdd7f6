import { type CloudEvent, TRAIL_EVENT } from "../../kernel/events.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Principal } from "../../kernel/principal.ts";
import type { Happening, S3EventName } from "./notificationEvents.ts";
import { NULL_VERSION } from "./records.ts";

/** The calls that write an object. */
const WRITES: Partial<Readonly<Record<S3EventName, string>>> = {
  "ObjectCreated:Put": "PutObject",
  "ObjectCreated:Post": "PostObject",
  "ObjectCreated:Copy": "CopyObject",
  "ObjectCreated:CompleteMultipartUpload": "CompleteMultipartUpload",
};

/**
 * What CloudTrail tells EventBridge of a call that wrote an object; undefined for any other.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const trailEvent = (
  { name, bucket, version: { key, versionId }, time, ctx }: Happening,
  ids: Pick<Ids, "uuid">,
): CloudEvent | undefined => {
  const eventName = WRITES[name];
  if (eventName === undefined) return undefined;
  const bucketArn = `arn:${ctx.partition}:s3:::${bucket.name}`;
  return {
    id: ids.uuid(),
    time,
    source: "aws.s3",
    detailType: TRAIL_EVENT,
    account: bucket.account,
    region: bucket.region,
    resources: [],
    detail: {
      eventVersion: "1.11",
      userIdentity: userIdentity(ctx.principal),
      eventTime: `${new Date(time).toISOString().slice(0, 19)}Z`,
      eventSource: "s3.amazonaws.com",
      eventName,
      awsRegion: bucket.region,
      sourceIPAddress: ctx.sourceIp ?? ctx.calledVia ?? "AWS Internal",
      userAgent: ctx.userAgent === undefined ? (ctx.calledVia ?? "AWS Internal") : `[${ctx.userAgent}]`,
      requestParameters: { bucketName: bucket.name, Host: `${bucket.name}.s3.${bucket.region}.amazonaws.com`, key },
      responseElements: versionId === NULL_VERSION ? null : { "x-amz-version-id": versionId },
      requestID: ctx.requestId,
      eventID: ids.uuid(),
      readOnly: false,
      resources: [
        { type: "AWS::S3::Object", ARN: `${bucketArn}/${key}` },
        { accountId: bucket.account, type: "AWS::S3::Bucket", ARN: bucketArn },
      ],
      eventType: "AwsApiCall",
      managementEvent: false,
      recipientAccountId: bucket.account,
      eventCategory: "Data",
    },
  };
};

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const userIdentity = (principal: Principal): JsonObject => {
  switch (principal.kind) {
    case "service":
      return { type: "AWSService", invokedBy: principal.service };
    case "anonymous":
    case "federated":
      return { type: "AWSAccount", principalId: "", accountId: "ANONYMOUS_PRINCIPAL" };
    default: {
      const { kind, userId, arn, account, accessKeyId } = principal;
      const shared = { principalId: userId, arn, accountId: account, ...(accessKeyId ? { accessKeyId } : {}) };
      if (kind === "root") return { type: "Root", ...shared };
      if (kind === "user") return { type: "IAMUser", ...shared, userName: principal.userName };
      if (kind === "federatedUser") return { type: "FederatedUser", ...shared };
      return { type: "AssumedRole", ...shared, sessionContext: { sessionIssuer: issuerOf(principal) } };
    }
  }
};

const issuerOf = ({ userId, roleArn, account, roleName }: Extract<Principal, { kind: "role" }>): JsonObject => ({
  type: "Role",
  principalId: userId.split(":")[0] ?? "",
  arn: roleArn,
  accountId: account,
  userName: roleName,
});
