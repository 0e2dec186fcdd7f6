import { EventStreamCodec } from "@smithy/core/event-streams";
import { toJson } from "./protocols/json.ts";
import type { Structure } from "./schema.ts";

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

const encodeEvent = (events: Structure, name: string, value: Readonly<Record<string, unknown>>): Uint8Array => {
  const shape = events.byName.get(name)?.shape;
  const payload = shape?.kind === "structure" ? shape.members.find((member) => member.traits.eventPayload) : undefined;
  const raw = payload ? value[payload.name] : undefined;
  const bytes = payload?.shape.kind === "blob" && raw instanceof Uint8Array;
  const body = bytes ? raw : Buffer.from(JSON.stringify(shape ? toJson(shape, value) : value));
  return codec.encode({
    headers: {
      ":event-type": header(name),
      ":content-type": header(bytes ? "application/octet-stream" : "application/json"),
      ":message-type": header("event"),
    },
    body,
  });
};
