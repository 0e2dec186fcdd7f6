import type { HttpBody, HttpResponse } from "../../kernel/http.ts";
import { encodeEventStream } from "../eventStreamBody.ts";
import type { OperationModel } from "../model.ts";
import type { Protocol, ProtocolRequest } from "../protocol.ts";
import type { Member, Structure } from "../schema.ts";
import { errorMembers } from "./awsJson.ts";
import { bindHeader, bindingsIn, bindingsOut, inBody, inputStreams, payloadOf } from "./httpBindings.ts";
import { fromJson, parseJson, toJson } from "./json.ts";

const CONTENT_TYPE = "application/json";
const OPTIONS = { useJsonName: true } as const;

/** restJson: HTTP bindings, and JSON for what has none. */
export const restJson = (): Protocol => ({
  streamsInput: inputStreams,
  decode: (operation, request) => ({ ...bodyIn(operation, request), ...bindingsIn(operation, request) }),
  encode: (operation, output) => encode(operation, output as Readonly<Record<string, unknown>>),
  encodeError: (error) => {
    const headers: Record<string, string | readonly string[]> = {
      "content-type": CONTENT_TYPE,
      "x-amzn-errortype": error.code,
    };
    for (const member of error.structure?.members ?? []) {
      const value = error.members[member.name];
      if (value !== undefined) bindHeader(headers, member, value);
    }
    return { status: error.status, headers, body: JSON.stringify(errorMembers(error)) };
  },
});

const NOT_JSON = "Could not parse the request body as JSON.";

const bodyIn = (operation: OperationModel, request: ProtocolRequest): Record<string, unknown> => {
  const payload = payloadOf(operation.input);
  if (!payload)
    return fromJson(bodyStructure(operation.input), parseJson(request.body, NOT_JSON), OPTIONS) as Record<
      string,
      unknown
    >;
  if (payload.shape.kind === "blob") return { [payload.name]: payload.shape.streaming ? request.stream : request.body };
  if (request.body.length === 0) return {};
  if (payload.shape.kind === "string") return { [payload.name]: request.body.toString("utf8") };
  return { [payload.name]: fromJson(payload.shape, parseJson(request.body, NOT_JSON), OPTIONS) };
};

const bodies = new WeakMap<Structure, Structure>();

/** The structure without the members that travel elsewhere. */
const bodyStructure = (structure: Structure, travels = inBody): Structure => {
  const known = bodies.get(structure);
  if (known) return known;
  const made = { ...structure, members: structure.members.filter(travels) };
  bodies.set(structure, made);
  return made;
};

/** What of an output travels in its body. AWS: the token of a page too, though it is named as a query's, as in requests. */
const outputMembers = (member: Member): boolean => inBody(member) || member.traits.httpQuery !== undefined;

const encode = (operation: OperationModel, output: Readonly<Record<string, unknown>>): HttpResponse => {
  const { status, headers } = bindingsOut(operation, output);
  const payload = payloadOf(operation.output);
  if (!payload) {
    if (status === 204 || operation.output.members.length === 0) return { status, headers };
    const body = JSON.stringify(toJson(bodyStructure(operation.output, outputMembers), output, OPTIONS));
    return { status, headers: { "content-type": CONTENT_TYPE, ...headers }, body };
  }
  const value = output[payload.name];
  if (payload.shape.kind === "structure" && payload.shape.eventStream) {
    const events = encodeEventStream(payload.shape, value as AsyncIterable<Record<string, unknown>>);
    return { status, headers: { "content-type": "application/vnd.amazon.eventstream", ...headers }, body: events };
  }
  if (payload.shape.kind === "blob" || payload.shape.kind === "string") {
    return { status, headers, ...(value === undefined ? {} : { body: value as HttpBody }) };
  }
  const body = value === undefined ? "" : JSON.stringify(toJson(payload.shape, value, OPTIONS));
  return { status, headers: { "content-type": CONTENT_TYPE, ...headers }, body };
};
