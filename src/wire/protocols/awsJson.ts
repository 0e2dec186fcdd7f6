import { crc32 } from "node:zlib";
import type { HttpResponse } from "../../kernel/http.ts";
import { EncodedOutput } from "../../kernel/operation.ts";
import { serializationError, type WireError } from "../errors.ts";
import { encodeDocumentStream, eventStreamIn } from "../eventStreamBody.ts";
import type { OperationModel } from "../model.ts";
import type { Protocol } from "../protocol.ts";
import { fromJson, parseJson, plainJson, toJson } from "./json.ts";

export interface JsonFacts {
  /** Whether answers carry their CRC-32, as DynamoDB's do. */
  readonly checksums?: boolean;
  /** Whether refusals tell their code in the query protocol, which the service once spoke, beside their own. */
  readonly queryCodes?: boolean;
  /** The namespace of the service's own errors, where AWS tells it. */
  readonly errorNamespace?: string;
}

/** awsJson 1.0 and 1.1: a POST to `/` whose `X-Amz-Target` names the operation. */
export const awsJson = (version: "1.0" | "1.1", facts: JsonFacts = {}): Protocol => {
  const { checksums = false, queryCodes = false, errorNamespace } = facts;
  const options = { useJsonName: false, ...(errorNamespace === undefined ? {} : { typePackage: errorNamespace }) };
  const contentType = `application/x-amz-json-${version}`;
  const checksum = (body: string) => (checksums ? { "x-amz-crc32": String(crc32(body)) } : {});
  return {
    streamsInput: () => false,
    decode: (operation, request) => fromJson(operation.input, documentOf(request.body), options),
    parse: (request) => plainJson(request.body),
    encode: (operation, output, requestId) => {
      if (eventStreamIn(operation.output)) return streamed(operation, output, requestId, contentType);
      const body = operation.output.name === "Unit" ? "" : jsonOf(operation, output);
      return {
        status: 200,
        headers: { "x-amzn-RequestId": requestId, "content-type": contentType, ...checksum(body) },
        body,
      };
    },
    encodeError: (error) => {
      // AWS: a code for the query protocol stands in many models; JSON answers carry the shape's name.
      const type = error.shape;
      const whole = qualified(type, error, errorNamespace);
      const query = queryCodes ? { "x-amzn-query-error": queryError(error) } : {};
      const members = errorMembers(error);
      const body = JSON.stringify({
        __type: whole,
        ...(errorNamespace !== undefined && isCapital(type, members) ? withCapital(members) : members),
      });
      return {
        status: statusOf(error, queryCodes),
        headers: { "content-type": contentType, "x-amzn-errortype": whole, ...query, ...checksum(body) },
        body,
      };
    },
  };
};

const streamed = (
  operation: OperationModel,
  output: unknown,
  requestId: string,
  contentType: string,
): HttpResponse => ({
  status: 200,
  headers: { "x-amzn-RequestId": requestId, "content-type": "application/vnd.amazon.eventstream" },
  body: encodeDocumentStream(contentType, operation.output, output as Members),
});

/** AWS: of a body that is no document, nothing is said but that. */
const documentOf = (body: Buffer): object => {
  const document = parseJson(body, "");
  if (typeof document !== "object" || document === null) throw serializationError("");
  return document;
};

/** AWS: this protocol heeds no status that a model gives a refusal; services that still tell the query protocol's codes do. */
const statusOf = ({ status, fault, structure }: WireError, queryCodes: boolean): number =>
  structure && fault === "client" && !queryCodes ? CLIENT_ERROR_STATUS : status;

const CLIENT_ERROR_STATUS = 400;

type Members = Readonly<Record<string, unknown>>;

/** AWS: what comes from the framework before those services spells `Message` so, and a failed condition that shows the item. */
const isCapital = (type: string, members: Members): boolean =>
  CAPITAL.has(type) || (type === "ConditionalCheckFailedException" && members["Item"] !== undefined);

const CAPITAL: ReadonlySet<string> = new Set(["SerializationException", "AccessDeniedException"]);

const withCapital = ({ message, ...others }: Members): Members =>
  message === undefined ? others : { ...others, Message: message };

/** AWS: older services tell whose an error is; what is not their own comes from the framework before them. */
export const qualified = (type: string, { structure }: WireError, namespace: string | undefined): string => {
  if (namespace === undefined) return type;
  if (structure) return `${namespace}#${type}`;
  return `com.amazon.coral.${type === "ValidationException" ? "validate" : "service"}#${type}`;
};

/** The code of the query protocol, for clients that knew the service by it. */
export const queryError = ({ code, fault }: WireError): string =>
  `${code};${fault === "server" ? "Receiver" : "Sender"}`;

const jsonOf = ({ output: shape }: OperationModel, output: unknown): string =>
  output instanceof EncodedOutput ? output.json : JSON.stringify(toJson(shape, output));

/** The members of an error's document; the message under the name its model gives it. */
export const errorMembers = (error: WireError): Members => {
  const messageName =
    error.structure?.members.find((member) => member.name.toLowerCase() === "message")?.name ?? "message";
  const members = error.structure ? (toJson(error.structure, error.members) as Record<string, unknown>) : error.members;
  if (error.message !== "") return { ...members, [messageName]: error.message };
  // AWS: a refusal that says nothing has no message at all.
  const { [messageName]: _nothing, ...others } = members;
  return others;
};
