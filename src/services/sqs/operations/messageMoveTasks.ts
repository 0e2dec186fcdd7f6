import { isJsonObject } from "../../../kernel/json.ts";
import { attributesOf, redriveOf } from "../attributes.ts";
import { invalidParameter, noSuchResource } from "../errors.ts";
import { queueByArn } from "../find.ts";
import { MAX_LISTED_MOVES, MAX_MOVES_PER_SECOND } from "../limits.ts";
import { countMessages } from "../messages/take.ts";
import { isActive, movesOf, putMove, runMove } from "../moves/move.ts";
import type { MoveRecord, QueueRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { within } from "../within.ts";

export const startMessageMoveTask =
  (room: Room): Operation<"StartMessageMoveTask"> =>
  async (_ctx, input) => {
    const source = queueAt(room, "SourceArn", input.SourceArn);
    const { DestinationArn: destinationArn, MaxNumberOfMessagesPerSecond: maxPerSecond } = input;
    if (maxPerSecond !== undefined) within("MaxNumberOfMessagesPerSecond", maxPerSecond, 1, MAX_MOVES_PER_SECOND);
    if (!isDeadLetterQueue(room, source)) {
      throw invalidParameter("Source queue must be configured as a Dead Letter Queue.");
    }
    if (destinationArn !== undefined) queueAt(room, "DestinationArn", destinationArn);
    if (movesOf(room, source.name).some(isActive)) {
      throw invalidParameter(
        "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
      );
    }
    const now = room.clock.now();
    const move: MoveRecord = {
      id: room.ids.uuid(),
      source: source.name,
      sourceArn: source.arn,
      status: "RUNNING",
      moved: 0,
      toMove: countMessages(room, source, now).visible,
      startedAt: now,
      ...(destinationArn === undefined ? {} : { destinationArn }),
      ...(maxPerSecond === undefined ? {} : { maxPerSecond }),
    };
    putMove(room, move);
    runMove(room, move);
    return { TaskHandle: handleOf(move) };
  };

export const listMessageMoveTasks =
  (room: Room): Operation<"ListMessageMoveTasks"> =>
  async (_ctx, input) => {
    const { name } = queueAt(room, "SourceArn", input.SourceArn);
    const max = within("MaxResults", input.MaxResults ?? 1, 1, MAX_LISTED_MOVES);
    return { Results: movesOf(room, name).slice(0, max).map(moveView) };
  };

export const cancelMessageMoveTask =
  (room: Room): Operation<"CancelMessageMoveTask"> =>
  async (_ctx, input) => {
    const { taskId, sourceArn } = taskOf(input.TaskHandle);
    const { name } = queueAt(room, "SourceArn", sourceArn);
    const move = movesOf(room, name).find(({ id }) => id === taskId);
    if (!move) throw noSuchResource("Task does not exist.");
    if (move.status !== "RUNNING") throw invalidParameter("Only active tasks can be cancelled.");
    putMove(room, { ...move, status: "CANCELLING" });
    return { ApproximateNumberOfMessagesMoved: move.moved };
  };

const queueAt = (room: Room, parameter: string, arn: string): QueueRecord => {
  const queue = queueByArn(room, arn);
  if (!queue) throw noSuchResource(`The resource that you specified for the ${parameter} parameter doesn't exist.`);
  return queue;
};

const isDeadLetterQueue = ({ queues }: Room, { arn }: QueueRecord): boolean => {
  for (const { value } of queues.range({})) {
    if (redriveOf(attributesOf(value)["RedrivePolicy"] ?? "")?.targetArn === arn) return true;
  }
  return false;
};

/** AWS: a task's handle tells the task and the queue it empties. */
const handleOf = ({ id, sourceArn }: MoveRecord): string =>
  Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString("base64");

const taskOf = (handle: string): { readonly taskId: string; readonly sourceArn: string } => {
  try {
    const task: unknown = JSON.parse(Buffer.from(handle, "base64").toString());
    if (isJsonObject(task) && typeof task["taskId"] === "string" && typeof task["sourceArn"] === "string") {
      return { taskId: task["taskId"], sourceArn: task["sourceArn"] };
    }
  } catch {
    // No handle of ours: refused below.
  }
  throw invalidParameter("Value for parameter TaskHandle is invalid.");
};

const moveView = (move: MoveRecord) => ({
  ...(isActive(move) ? { TaskHandle: handleOf(move) } : {}),
  Status: move.status,
  SourceArn: move.sourceArn,
  ...(move.destinationArn === undefined ? {} : { DestinationArn: move.destinationArn }),
  ...(move.maxPerSecond === undefined ? {} : { MaxNumberOfMessagesPerSecond: move.maxPerSecond }),
  ApproximateNumberOfMessagesMoved: move.moved,
  ApproximateNumberOfMessagesToMove: move.toMove,
  ...(move.failureReason === undefined ? {} : { FailureReason: move.failureReason }),
  StartedTimestamp: move.startedAt,
});
