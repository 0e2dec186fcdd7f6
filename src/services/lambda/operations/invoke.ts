import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { Throttled } from "../../../engines/function/spec.ts";
import type { Context } from "../../../kernel/context.ts";
import { httpStatus } from "../../../kernel/operation.ts";
import { acceptEvent } from "../asyncQueue.ts";
import { chooseVersion } from "../choose.ts";
import { invalidValue, notJson, payloadTooLarge, tooManyRequests } from "../errors.ts";
import { functionArn, functionReference } from "../find.ts";
import { MAX_ASYNC_PAYLOAD_BYTES, MAX_SYNC_PAYLOAD_BYTES } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

export const invoke =
  (room: Room): Operation<"Invoke"> =>
  async (ctx, input) => {
    const { InvocationType: type = "RequestResponse" } = input;
    const reference = functionReference(input.FunctionName, input.Qualifier);
    const chosen = chooseVersion(room, ctx, reference);
    const maxBytes = type === "Event" ? MAX_ASYNC_PAYLOAD_BYTES : MAX_SYNC_PAYLOAD_BYTES;
    const bytes = await payloadBytes(input.Payload);
    if (bytes.length > maxBytes) throw payloadTooLarge(maxBytes);
    const payload = bytes.length > 0 ? checkedJson(bytes) : "{}";
    if (type === "DryRun") return { StatusCode: 204, [httpStatus]: 204 };
    const clientContext =
      input.ClientContext === undefined ? {} : { clientContext: decodedContext(input.ClientContext) };
    if (type === "Event") {
      acceptEvent(room, { ...reference, requestId: ctx.requestId, payload, ...clientContext });
      return { StatusCode: 202, [httpStatus]: 202 };
    }
    const result = await throttledAsAws(() =>
      room.engine.invoke(room.specs.of(chosen.record, chosen.version), {
        requestId: ctx.requestId,
        payload,
        invokedFunctionArn: invokedArn(ctx, reference),
        tail: input.LogType === "Tail",
        ...clientContext,
      }),
    );
    return {
      StatusCode: 200,
      ExecutedVersion: chosen.version.version,
      Payload: result.payload,
      ...(result.outcome === "error" ? { FunctionError: "Unhandled" } : {}),
      ...(result.logTail === undefined ? {} : { LogResult: result.logTail }),
    };
  };

/** AWS: a function is told the ARN it was called by, alias and all. */
export const invokedArn = (
  ctx: Pick<Context, "partition" | "region" | "account">,
  { name, qualifier }: { name: string; qualifier: string | undefined },
) => functionArn(ctx, name, qualifier);

const throttledAsAws = async <R>(work: () => Promise<R>): Promise<R> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Throttled ? tooManyRequests(error.reason) : error;
  }
};

/** The SDK's type allows streams and texts as well; from the wire it is bytes. */
const payloadBytes = async (payload: unknown): Promise<Uint8Array> => {
  if (payload instanceof Uint8Array) return payload;
  if (typeof payload === "string") return Buffer.from(payload);
  return payload instanceof Readable ? buffer(payload) : EMPTY;
};

const EMPTY = Buffer.alloc(0);

/** The event must be JSON; it goes on as the text it came as. */
const checkedJson = (payload: Uint8Array): string => {
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString();
  try {
    JSON.parse(text);
  } catch (error) {
    throw notJson(error instanceof Error ? error.message : String(error));
  }
  return text;
};

const decodedContext = (base64: string): string => {
  const text = Buffer.from(base64, "base64").toString();
  try {
    JSON.parse(text);
  } catch {
    throw invalidValue("Client context must be a valid Base64-encoded JSON object.");
  }
  return text;
};
