import * as model from "@aws-sdk/client-sqs";
import { defineService } from "../../kernel/rooms.ts";
import { missingParameter } from "./errors.ts";
import { lookAtQueues } from "./gauges.ts";
import { iam } from "./iam.ts";
import { resumeMoves } from "./moves/move.ts";
import { addPermission, getQueueAttributes, removePermission, setQueueAttributes } from "./operations/attributes.ts";
import { cancelMessageMoveTask, listMessageMoveTasks, startMessageMoveTask } from "./operations/messageMoveTasks.ts";
import {
  createQueue,
  deleteQueue,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listQueues,
  purgeQueue,
} from "./operations/queues.ts";
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from "./operations/receivedMessages.ts";
import { receiveMessage } from "./operations/receiveMessage.ts";
import { sendMessage, sendMessageBatch } from "./operations/sendMessage.ts";
import { listQueueTags, tagQueue, untagQueue } from "./operations/tags.ts";
import { queueType } from "./resources/queue.ts";
import { queueInlinePolicyType } from "./resources/queueInlinePolicy.ts";
import { queuePolicyType } from "./resources/queuePolicy.ts";
import { openRoom, type Room } from "./room.ts";

/** Amazon SQS. It has no table of constraints: SQS refuses what is out of range in words of its own. */
export default defineService<Room, "sqs">({
  name: "sqs",
  model,
  scope: "region",
  missingMember: missingParameter,
  open: (deps) => {
    const room = openRoom(deps);
    deps.metrics.gauge(deps.account, deps.region, "sqs", () => lookAtQueues(room));
    return room;
  },
  operations: {
    AddPermission: addPermission,
    CancelMessageMoveTask: cancelMessageMoveTask,
    ChangeMessageVisibility: changeMessageVisibility,
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
    CreateQueue: createQueue,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
    DeleteQueue: deleteQueue,
    GetQueueAttributes: getQueueAttributes,
    GetQueueUrl: getQueueUrl,
    ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
    ListMessageMoveTasks: listMessageMoveTasks,
    ListQueueTags: listQueueTags,
    ListQueues: listQueues,
    PurgeQueue: purgeQueue,
    ReceiveMessage: receiveMessage,
    RemovePermission: removePermission,
    SendMessage: sendMessage,
    SendMessageBatch: sendMessageBatch,
    SetQueueAttributes: setQueueAttributes,
    StartMessageMoveTask: startMessageMoveTask,
    TagQueue: tagQueue,
    UntagQueue: untagQueue,
  },
  iam,
  resources: [queueType, queueInlinePolicyType, queuePolicyType],
  resume: resumeMoves,
  close: async ({ arrivals }) => arrivals.close(),
});
