import { createHash } from "node:crypto";
import { createGatheredLogs } from "../../../engines/gateway/gatheredLogs.ts";
import { assumeRole } from "../../../kernel/assumeRole.ts";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import { feedbackKindOf } from "../feedback.ts";
import type { Room } from "../room.ts";
import type { Parcel, Receipt } from "./parcel.ts";

/** How a delivery ended. */
interface Ended {
  readonly id: string;
  readonly attempts: number;
  /** Absent when it failed. */
  readonly receipt?: Receipt;
  readonly error?: unknown;
}

const SERVICE = "sns.amazonaws.com";

/** Tells CloudWatch Logs of a delivery, where its topic asks for it. https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html */
export const logDelivery = (room: Room, parcel: Parcel, ended: Ended): void => {
  const roleArn = roleFor(room, parcel, ended.receipt !== undefined);
  if (roleArn === undefined) return;
  const { topic } = parcel;
  const group = `sns/${room.region}/${room.account}/${topic.name}${ended.receipt ? "" : "/Failure"}`;
  const self = room.contextAs({ kind: "service", account: room.account, service: SERVICE, sourceArn: topic.arn });
  const write = createGatheredLogs(room, () =>
    assumeRole(self, { service: SERVICE, sourceArn: topic.arn }, roleArn, "sns"),
  );
  const place = { group, stream: room.ids.uuid(), makesGroup: true };
  write(place, [{ timestamp: room.clock.now(), message: JSON.stringify(documentOf(room, parcel, ended)) }]);
};

/** The role to log under. AWS: of what succeeds only a share is logged, of what fails all. */
const roleFor = (room: Room, { topic, subscription }: Parcel, isSuccess: boolean): string | undefined => {
  const kind = feedbackKindOf(subscription.protocol);
  if (kind === undefined) return undefined;
  const { attributes } = topic;
  if (!isSuccess) return attributes[`${kind}FailureFeedbackRoleArn`] || undefined;
  const rate = Number(attributes[`${kind}SuccessFeedbackSampleRate`] || ALL);
  if ((room.ids.bytes(4).readUInt32BE(0) / 2 ** 32) * ALL >= rate) return undefined;
  return attributes[`${kind}SuccessFeedbackRoleArn`] || undefined;
};

const ALL = 100;

const documentOf = ({ clock }: Room, { topic, subscription, message }: Parcel, ended: Ended) => ({
  notification: {
    messageMD5Sum: createHash("md5").update(message.message).digest("hex"),
    messageId: message.messageId,
    topicArn: topic.arn,
    timestamp: new Date(message.publishedAt).toISOString().replace("T", " ").replace("Z", ""),
  },
  delivery: {
    deliveryId: ended.id,
    destination: subscription.endpoint,
    providerResponse: ended.receipt?.response ?? refusalOf(ended.error),
    dwellTimeMs: clock.now() - message.publishedAt,
    // AWS: a first try that does is not counted.
    ...(ended.receipt && ended.attempts === 1 ? {} : { attempts: ended.attempts }),
    ...(ended.receipt ? { statusCode: ended.receipt.statusCode } : {}),
  },
  status: ended.receipt ? "SUCCESS" : "FAILURE",
});

const refusalOf = (error: unknown): string =>
  JSON.stringify({ ErrorCode: errorCode(error), ErrorMessage: errorMessage(error) });
