import { header } from "../../kernel/http.ts";
import { decodeWords } from "../../kernel/mailWords.ts";
import { serializationError } from "../errors.ts";
import type { OperationModel } from "../model.ts";
import type { ProtocolRequest } from "../protocol.ts";
import { labelsOf } from "../router.ts";
import type { Member, Shape, Structure, TimestampFormat } from "../schema.ts";
import { formatTimestamp, parseTimestamp } from "../timestamps.ts";

/** The members of an input that travel in the path, the query and the headers. */
export const bindingsIn = (
  operation: OperationModel,
  request: ProtocolRequest,
  unreadable: Unreadable = notANumber,
): Record<string, unknown> => {
  const result: Record<string, unknown> = {};
  const labels = labelsOf(operation, request.path);
  for (const member of operation.input.members) {
    try {
      const value = boundValue(member, request, labels);
      if (value !== undefined) result[member.name] = value;
    } catch (error) {
      if (!(error instanceof UnreadableNumber)) throw error;
      unreadable(member.traits.httpQuery ?? member.traits.httpHeader ?? member.name, error.text);
    }
  }
  return result;
};

/** What becomes of a text that stands where a number is due: it is refused, or as if it were not there. */
export type Unreadable = (name: string, text: string) => void;

const notANumber: Unreadable = (_name, text) => {
  throw serializationError(`${text} is not a number.`);
};

class UnreadableNumber extends Error {
  readonly text: string;
  constructor(text: string) {
    super(text);
    this.text = text;
  }
}

const boundValue = (member: Member, request: ProtocolRequest, labels: ReadonlyMap<string, string>): unknown => {
  const { traits, shape } = member;
  if (traits.httpLabel) {
    const label = labels.get(member.name);
    return label === undefined ? undefined : fromText(shape, label);
  }
  if (traits.httpQuery !== undefined) return fromQuery(shape, request.query.getAll(traits.httpQuery));
  if (traits.httpQueryParams) return queryParams(shape, request.query);
  if (traits.httpHeader !== undefined)
    return fromHeader(shape, header(request.headers, traits.httpHeader.toLowerCase()));
  if (traits.httpPrefixHeaders !== undefined) return prefixHeaders(request, traits.httpPrefixHeaders.toLowerCase());
  return undefined;
};

const fromQuery = (shape: Shape, values: readonly string[]): unknown => {
  if (values.length === 0) return undefined;
  if (shape.kind === "list") return values.map((value) => fromText(shape.item.shape, value));
  return fromText(shape, values[0] ?? "");
};

const queryParams = (shape: Shape, query: URLSearchParams): unknown => {
  const isMultiMap = shape.kind === "map" && shape.value.shape.kind === "list";
  return Object.fromEntries([...query.keys()].map((key) => [key, isMultiMap ? query.getAll(key) : query.get(key)]));
};

const fromHeader = (shape: Shape, value: string | undefined): unknown => {
  if (value === undefined) return undefined;
  if (shape.kind === "list") return value.split(",").map((part) => fromText(shape.item.shape, part.trim()));
  return fromText(shape, value);
};

/** AWS: only S3 has such headers, and takes what stands in them in the mail-safe form for what it says. */
const prefixHeaders = (request: ProtocolRequest, prefix: string): unknown => {
  const names = Object.keys(request.headers).filter((name) => name.startsWith(prefix));
  return Object.fromEntries(
    names.map((name) => [name.slice(prefix.length), decodeWords(utf8Of(header(request.headers, name) ?? ""))]),
  );
};

/** AWS: headers are bytes of UTF-8, which Node hands over one letter a byte. */
const utf8Of = (text: string): string =>
  /[\x80-\xff]/.test(text) ? Buffer.from(text, "latin1").toString("utf8") : text;

const fromText = (shape: Shape, text: string): unknown => {
  switch (shape.kind) {
    case "number":
    case "bigint": {
      const number = Number(text);
      if (text === "" || Number.isNaN(number)) throw new UnreadableNumber(text);
      return number;
    }
    case "boolean":
      return text.toLowerCase() === "true";
    case "timestamp":
      return parseTimestamp(text);
    default:
      return text;
  }
};

/** The status and headers of an answer. */
export const bindingsOut = (operation: OperationModel, output: Readonly<Record<string, unknown>>) => {
  const headers: Record<string, string | readonly string[]> = {};
  let status = operation.http?.status ?? 200;
  for (const member of operation.output.members) {
    const value = output[member.name];
    if (value === undefined || value === null) continue;
    if (member.traits.httpResponseCode) status = Number(value);
    bindHeader(headers, member, value);
  }
  return { status, headers };
};

/** The headers of a structure's header-bound members, errors' included. */
export const bindHeader = (
  headers: Record<string, string | readonly string[]>,
  member: Member,
  value: unknown,
): void => {
  const { httpHeader, httpPrefixHeaders } = member.traits;
  if (httpHeader !== undefined) headers[httpHeader.toLowerCase()] = toHeader(member.shape, value);
  if (httpPrefixHeaders === undefined) return;
  for (const [name, text] of Object.entries(value as Record<string, string>)) {
    headers[`${httpPrefixHeaders.toLowerCase()}${name}`] = text;
  }
};

const HEADER_FORMAT: TimestampFormat = "http-date";

const toHeader = (shape: Shape, value: unknown): string => {
  if (value instanceof Date) {
    return String(formatTimestamp(value, (shape.kind === "timestamp" && shape.format) || HEADER_FORMAT));
  }
  return Array.isArray(value) ? value.map(String).join(",") : String(value);
};

/** The member whose value is the whole body, if one is. */
export const payloadOf = (structure: Structure): Member | undefined =>
  structure.members.find((member) => member.traits.httpPayload);

/** Whether a member travels in the body. */
export const inBody = ({ traits }: Member): boolean =>
  !traits.httpLabel &&
  traits.httpQuery === undefined &&
  !traits.httpQueryParams &&
  traits.httpHeader === undefined &&
  traits.httpPrefixHeaders === undefined &&
  !traits.httpResponseCode;

/** Whether the operation's input is a stream of bytes. */
export const inputStreams = (operation: OperationModel): boolean => {
  const shape = payloadOf(operation.input)?.shape;
  return shape?.kind === "blob" && shape.streaming;
};
