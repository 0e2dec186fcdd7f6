import { request as httpRequest } from "node:http";
import { connect, type Socket } from "node:net";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/** Where an event comes from. */
export type TelemetryType = "platform" | "function" | "extension";

/** One event as extensions get it. */
export interface TelemetryEvent {
  readonly time: string;
  readonly type: string;
  readonly record: unknown;
}

/** What an extension asks for: which events, gathered how, sent where. */
export interface Wish {
  readonly types: readonly string[];
  readonly timeoutMs: number;
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly send: (events: readonly TelemetryEvent[], done: () => void) => void;
}

/** Reads a subscription; a text says what is wrong with it. https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api-reference.html */
export const readWish = (body: unknown): Wish | string => {
  const { types, destination, buffering = {} } = isJsonObject(body) ? body : {};
  if (!Array.isArray(types) || types.length === 0 || !types.every((type) => TYPES.has(String(type)))) {
    return "types must be some of platform, function and extension";
  }
  const send = isJsonObject(destination) ? sender(destination) : undefined;
  if (!send) return "destination must be HTTP with a URI, or TCP with a port";
  if (!isJsonObject(buffering)) return "buffering must be an object";
  const { timeoutMs = 1000, maxItems = 10_000, maxBytes = 262_144 } = buffering;
  if (!isWithin(timeoutMs, 25, 30_000)) return "buffering.timeoutMs must be from 25 to 30000";
  if (!isWithin(maxItems, 1000, 10_000)) return "buffering.maxItems must be from 1000 to 10000";
  if (!isWithin(maxBytes, 262_144, 1_048_576)) return "buffering.maxBytes must be from 262144 to 1048576";
  return { types: types.map(String), timeoutMs, maxItems, maxBytes, send };
};

const TYPES: ReadonlySet<string> = new Set<TelemetryType>(["platform", "function", "extension"]);

const isWithin = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

const sender = ({ protocol, URI, port }: JsonObject): Wish["send"] | undefined => {
  if (protocol === "TCP") return isWithin(port, 1, 65_535) ? overTcp(port) : undefined;
  return protocol === "HTTP" && typeof URI === "string" && URL.canParse(URI) ? overHttp(new URL(URI)) : undefined;
};

/** AWS names the environment itself `sandbox.localdomain`; here it is this machine. */
const HOST = "127.0.0.1";

/** A list of events in each request; whoever does not listen loses them, as on AWS. */
const overHttp =
  ({ port, pathname }: URL): Wish["send"] =>
  (events, done) => {
    const text = JSON.stringify(events);
    const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) };
    const sending = httpRequest({ host: HOST, port: Number(port || 80), path: pathname, method: "POST", headers });
    sending.once("response", (answer) => answer.resume());
    sending.once("error", () => sending.destroy());
    sending.once("close", done);
    sending.end(text);
  };

/** AWS: a line of JSON for each event. */
const overTcp = (port: number): Wish["send"] => {
  let socket: Socket | undefined;
  return (events, done) => {
    if (!socket || socket.destroyed) {
      socket = connect(port, HOST).unref();
      socket.on("error", () => socket?.destroy());
    }
    socket.write(events.map((event) => `${JSON.stringify(event)}\n`).join(""), done);
  };
};
