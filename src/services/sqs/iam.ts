import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { policyOf } from "./attributes.ts";
import { queueName } from "./find.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html */
const request = (room: Room, ctx: Context, action: string, name: string): AuthorizationRequest => {
  const queue = room.queues.get(name);
  return {
    action: `sqs:${action}`,
    resource: queue?.arn ?? ctx.arn(name),
    conditions: Object.fromEntries(
      Object.entries(queue?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
    ),
    resourcePolicy: queue && policyOf(queue),
  };
};

/** AWS: a batch is allowed by the permission for one. */
const onQueue = (action: string) => (room: Room, ctx: Context, input: { readonly QueueUrl: string }) =>
  request(room, ctx, action, queueName(input.QueueUrl));

export const iam: IamTable<Room, "sqs"> = {
  AddPermission: onQueue("AddPermission"),
  ChangeMessageVisibility: onQueue("ChangeMessageVisibility"),
  ChangeMessageVisibilityBatch: onQueue("ChangeMessageVisibility"),
  CreateQueue: (room, ctx, input) => ({
    ...request(room, ctx, "CreateQueue", input.QueueName),
    conditions: Object.fromEntries(
      Object.entries(input.tags ?? {}).map(([key, value]) => [`aws:RequestTag/${key}`, value ?? ""]),
    ),
  }),
  DeleteMessage: onQueue("DeleteMessage"),
  DeleteMessageBatch: onQueue("DeleteMessage"),
  DeleteQueue: onQueue("DeleteQueue"),
  GetQueueAttributes: onQueue("GetQueueAttributes"),
  GetQueueUrl: (room, ctx, input) => request(room, ctx, "GetQueueUrl", input.QueueName),
  ListDeadLetterSourceQueues: onQueue("ListDeadLetterSourceQueues"),
  ListQueueTags: onQueue("ListQueueTags"),
  ListQueues: (_room, ctx) => ({ action: "sqs:ListQueues", resource: ctx.arn("*") }),
  PurgeQueue: onQueue("PurgeQueue"),
  ReceiveMessage: onQueue("ReceiveMessage"),
  RemovePermission: onQueue("RemovePermission"),
  SendMessage: onQueue("SendMessage"),
  SendMessageBatch: onQueue("SendMessage"),
  SetQueueAttributes: onQueue("SetQueueAttributes"),
  TagQueue: onQueue("TagQueue"),
  UntagQueue: onQueue("UntagQueue"),
};
