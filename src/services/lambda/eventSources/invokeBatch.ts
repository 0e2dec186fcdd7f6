import { asTask } from "../../../engines/eventSources/asTask.ts";
import { streamEventText } from "../../../engines/eventSources/streamEvent.ts";
import { type InvocationResult, Throttled } from "../../../engines/function/spec.ts";
import { newTraceId } from "../../../kernel/traceId.ts";
import { chooseVersion } from "../choose.ts";
import { functionArn } from "../find.ts";
import type { EventSourceRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { runTold } from "../runTold.ts";

/** What came of a batch: the function's answer, or that there was no room to run it. */
export interface BatchResult {
  readonly requestId: string;
  readonly executedVersion: string;
  readonly result: InvocationResult;
}

/** Runs a function with a batch; undefined when it was throttled. AWS: a batch begins a trace of its own, linked to its messages'. */
export const invokeBatch = async (
  room: Room,
  mapping: EventSourceRecord,
  event: object,
  links: readonly string[] = [],
): Promise<BatchResult | undefined> => {
  const ctx = room.contextAs({ kind: "service", account: room.account, service: "lambda.amazonaws.com" });
  const reference = { name: mapping.functionName, qualifier: mapping.qualifier || undefined };
  const chosen = chooseVersion(room, ctx, reference);
  const requestId = room.ids.uuid();
  try {
    const result = await asTask(room.tasks, `a batch of the event source mapping ${mapping.uuid}`, () =>
      runTold(room, chosen, reference.qualifier, `from ${nameOf(mapping.sourceArn)}`, {
        requestId,
        traceId: newTraceId(room.ids, room.clock.now()),
        links,
        causes: links,
        payload: mapping.kind === "sqs" ? JSON.stringify(event) : streamEventText(event),
        invokedFunctionArn: functionArn(room, reference.name, reference.qualifier),
      }),
    );
    return { requestId, executedVersion: chosen.version.version, result };
  } catch (error) {
    if (error instanceof Throttled) return undefined;
    throw error;
  }
};

/** `orders` of a queue, `table/facts/stream/…` of a stream. */
const nameOf = (sourceArn: string): string => sourceArn.split(":").slice(5).join(":");
