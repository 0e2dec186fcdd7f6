import { AwsError } from "../../kernel/errors.ts";
import type { HttpBody, HttpResponse } from "../../kernel/http.ts";
import type { WireError } from "../errors.ts";
import { encodeEventStream } from "../eventStreamBody.ts";
import type { OperationModel } from "../model.ts";
import type { Protocol, ProtocolFacts, ProtocolRequest } from "../protocol.ts";
import type { Member, Structure } from "../schema.ts";
import { bindHeader, bindingsIn, bindingsOut, inBody, inputStreams, payloadOf } from "./httpBindings.ts";
import { element, escapeXml, fromXml, membersToXml, parseXml } from "./xml.ts";

const CONTENT_TYPE = "application/xml";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** restXml as S3 speaks it: HTTP bindings, and XML for what has none. */
export const restXml = (facts: ProtocolFacts): Protocol => ({
  streamsInput: inputStreams,
  decode: (operation, request) => ({
    ...bodyIn(operation, request),
    ...bindingsIn(operation, request, unreadableNumber),
  }),
  encode: (operation, output) => encode(operation, output as Readonly<Record<string, unknown>>, facts),
  encodeError,
});

/** AWS: a number left empty is as if it were not there. */
const unreadableNumber = (name: string, text: string): void => {
  if (text === "") return;
  const details = { ArgumentName: name, ArgumentValue: text };
  throw new AwsError("InvalidArgument", `Provided ${name} not an integer or within integer range`, 400, details);
};

const bodyIn = (operation: OperationModel, request: ProtocolRequest): Record<string, unknown> => {
  const payload = payloadOf(operation.input);
  if (payload?.shape.kind === "blob")
    return { [payload.name]: payload.shape.streaming ? request.stream : request.body };
  if (payload?.shape.kind === "string") return { [payload.name]: request.body.toString("utf8") };
  const members = operation.input.members.filter(inBody);
  // AWS: where no document is due, a body is not looked at.
  const root = payload || members.length > 0 ? rootOf(request) : undefined;
  if (root === undefined) return {};
  if (payload) return { [payload.name]: fromXml(payload, root) };
  const shape = { ...operation.input, members };
  return fromXml({ shape, traits: {} }, root) as Record<string, unknown>;
};

const rootOf = (request: ProtocolRequest): unknown => {
  try {
    return parseXml(request.body);
  } catch {
    throw new AwsError(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema",
      400,
    );
  }
};

const encode = (
  operation: OperationModel,
  output: Readonly<Record<string, unknown>>,
  facts: ProtocolFacts,
): HttpResponse => {
  const { status, headers } = bindingsOut(operation, output);
  const payload = payloadOf(operation.output);
  if (payload) return encodePayload(payload, output[payload.name], status, headers, facts);
  const content = operation.output.members.filter(inBody);
  if (content.length === 0) return { status, headers };
  const name = operation.output.traits.xmlName ?? operation.output.name;
  // S3's GetBucketLocation alone answers its one member as the root itself.
  const unwrapped = content.length === 1 && content[0]?.name === name;
  const listed = LISTED[name];
  const structure = listed ? listedLast(operation.output, listed) : operation.output;
  const inner = unwrapped ? escapeXml(String(output[name] ?? "")) : membersToXml(structure, output, inBody);
  const body = DECLARATION + element(name, inner, facts.xmlNamespace);
  return { status, headers: { "content-type": CONTENT_TYPE, ...headers }, body };
};

/** AWS: what a list holds comes after what is said of the list, whatever the model's order; Java's SDK relies on it. */
const LISTED: Readonly<Record<string, readonly string[]>> = {
  ListAllMyBucketsResult: ["Buckets"],
  ListBucketResult: ["Contents", "CommonPrefixes"],
};

const listedLast = (structure: Structure, listed: readonly string[]): Structure => ({
  ...structure,
  members: structure.members.toSorted((one, other) => listed.indexOf(one.name) - listed.indexOf(other.name)),
});

const encodePayload = (
  payload: Member,
  value: unknown,
  status: number,
  headers: HttpResponse["headers"],
  facts: ProtocolFacts,
): HttpResponse => {
  const { shape } = payload;
  if (value === undefined) return { status, headers };
  if (shape.kind === "blob" || shape.kind === "string") return { status, headers, body: value as HttpBody };
  if (shape.kind !== "structure") throw new TypeError(`a ${shape.kind} cannot be a payload`);
  if (shape.eventStream) {
    const events = encodeEventStream(shape, value as AsyncIterable<Record<string, unknown>>);
    return { status, headers: { "content-type": "application/vnd.amazon.eventstream", ...headers }, body: events };
  }
  const name = payload.traits.xmlName ?? shape.traits.xmlName ?? shape.name;
  const body = DECLARATION + element(name, membersToXml(shape, value), facts.xmlNamespace);
  return { status, headers: { "content-type": CONTENT_TYPE, ...headers }, body };
};

const BODILESS_STATUS = 304;

const encodeError = (error: WireError, requestId: string): HttpResponse => {
  const headers: Record<string, string | readonly string[]> = { "content-type": CONTENT_TYPE };
  for (const member of error.structure?.members ?? []) {
    const value = error.members[member.name];
    if (value !== undefined) bindHeader(headers, member, value);
  }
  for (const [name, value] of Object.entries(error.members)) {
    if (name.startsWith("x-amz-")) headers[name] = String(value);
  }
  if (error.status === BODILESS_STATUS) return { status: error.status, headers: {} };
  const details = Object.entries(error.members).filter(
    ([name, value]) => /^(?:[A-Z]|additionalMessage$)/.test(name) && typeof value === "string",
  );
  const body =
    element("Code", error.code) +
    element("Message", escapeXml(error.message)) +
    details
      .filter(([name]) => name !== "Message" && name !== "Code")
      .map(([name, value]) => element(name, escapeXml(String(value))))
      .join("") +
    element("RequestId", requestId) +
    element("HostId", "aloft");
  return { status: error.status, headers, body: DECLARATION + element("Error", body) };
};
