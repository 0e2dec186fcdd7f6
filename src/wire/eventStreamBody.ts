import { EventStreamCodec } from "@smithy/core/event-streams";
import { toJson } from "./protocols/json.ts";
import type { Member, Structure } from "./schema.ts";

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString("utf8"),
  (text) => Buffer.from(text, "utf8"),
);

const header = (value: string) => ({ type: "string" as const, value });

/** Each event of a stream as one message of `application/vnd.amazon.eventstream`. */
export async function* encodeEventStream(
  events: Structure,
  stream: AsyncIterable<Readonly<Record<string, unknown>>>,
): AsyncIterable<Uint8Array> {
  for await (const event of stream) {
    const [name, value] = Object.entries(event)[0] ?? ["", {}];
    yield encodeEvent(events, name, value as Readonly<Record<string, unknown>>);
  }
}

/**
 * The same for protocols whose answers are documents: what else the output holds comes first, as an event of its own.
 * https://smithy.io/2.0/spec/streaming.html#initial-response-messages
 */
export async function* encodeDocumentStream(
  contentType: string,
  output: Structure,
  value: Readonly<Record<string, unknown>>,
): AsyncIterable<Uint8Array> {
  const stream = eventStreamIn(output);
  const others = { ...output, members: output.members.filter((member) => member !== stream) };
  const initial = Buffer.from(JSON.stringify(toJson(others, value)));
  const headers = { ":event-type": "initial-response", ":content-type": contentType, ":message-type": "event" };
  yield message(headers, initial);
  if (stream?.shape.kind !== "structure") return;
  yield* encodeEventStream(stream.shape, value[stream.name] as AsyncIterable<Readonly<Record<string, unknown>>>);
}

const streaming = new WeakMap<Structure, Member | false>();

/** The member of an output that is a stream of events. */
export const eventStreamIn = (output: Structure): Member | undefined => {
  let found = streaming.get(output);
  if (found === undefined) {
    found = output.members.find(({ shape }) => shape.kind === "structure" && shape.eventStream) ?? false;
    streaming.set(output, found);
  }
  return found === false ? undefined : found;
};

const encodeEvent = (events: Structure, name: string, value: Readonly<Record<string, unknown>>): Uint8Array => {
  const shape = events.byName.get(name)?.shape;
  const payload = shape?.kind === "structure" ? shape.members.find((member) => member.traits.eventPayload) : undefined;
  const raw = payload ? value[payload.name] : undefined;
  const bytes = payload?.shape.kind === "blob" && raw instanceof Uint8Array;
  const body = bytes ? raw : Buffer.from(JSON.stringify(shape ? toJson(shape, value) : value));
  const type = bytes ? "application/octet-stream" : "application/json";
  return shape?.kind === "structure" && shape.traits.error !== undefined
    ? message({ ":exception-type": name, ":content-type": type, ":message-type": "exception" }, body)
    : message({ ":event-type": name, ":content-type": type, ":message-type": "event" }, body);
};

const message = (headers: Readonly<Record<string, string>>, body: Uint8Array): Uint8Array =>
  codec.encode({
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, header(value)])),
    body,
  });
