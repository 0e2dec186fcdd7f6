import type { StartMessageMoveTaskCommandInput } from "@aws-sdk/client-sqs";
import { parseArn } from "../../kernel/arn.ts";
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

const onArn = (room: Room, ctx: Context, action: string, arn: string) =>
  request(room, ctx, action, parseArn(arn)?.resource ?? arn);

/** AWS: a move asks for all that it does, on both queues. */
const onMove = (room: Room, ctx: Context, { SourceArn, DestinationArn }: StartMessageMoveTaskCommandInput) => [
  ...["StartMessageMoveTask", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes"].map((action) =>
    onArn(room, ctx, action, SourceArn ?? ""),
  ),
  ...(DestinationArn === undefined ? [] : [onArn(room, ctx, "SendMessage", DestinationArn)]),
];

/** The queue that a task's handle names; what is no handle is refused by the operation. */
const sourceOfTask = (handle: string): string =>
  /"sourceArn":"([^"]*)"/.exec(Buffer.from(handle, "base64").toString())?.[1] ?? "*";

export const iam: IamTable<Room, "sqs"> = {
  AddPermission: onQueue("AddPermission"),
  CancelMessageMoveTask: (room, ctx, input) =>
    onArn(room, ctx, "CancelMessageMoveTask", sourceOfTask(input.TaskHandle)),
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
  ListMessageMoveTasks: (room, ctx, input) => onArn(room, ctx, "ListMessageMoveTasks", input.SourceArn),
  ListQueueTags: onQueue("ListQueueTags"),
  ListQueues: (_room, ctx) => ({ action: "sqs:ListQueues", resource: ctx.arn("*") }),
  PurgeQueue: onQueue("PurgeQueue"),
  ReceiveMessage: onQueue("ReceiveMessage"),
  RemovePermission: onQueue("RemovePermission"),
  SendMessage: onQueue("SendMessage"),
  SendMessageBatch: onQueue("SendMessage"),
  SetQueueAttributes: onQueue("SetQueueAttributes"),
  StartMessageMoveTask: onMove,
  TagQueue: onQueue("TagQueue"),
  UntagQueue: onQueue("UntagQueue"),
};
