import { encodedJson } from "../../kernel/operation.ts";
import type { WireError } from "../errors.ts";
import type { OperationModel } from "../model.ts";
import type { Protocol } from "../protocol.ts";
import { fromJson, parseJson, toJson } from "./json.ts";

/** awsJson 1.0 and 1.1: a POST to `/` whose `X-Amz-Target` names the operation. */
export const awsJson = (version: "1.0" | "1.1"): Protocol => {
  const contentType = `application/x-amz-json-${version}`;
  return {
    streamsInput: () => false,
    decode: (operation, request) => fromJson(operation.input, parseJson(request.body)),
    encode: (operation, output) => ({
      status: 200,
      headers: { "content-type": contentType },
      body: operation.output.name === "Unit" ? "" : jsonOf(operation, output),
    }),
    encodeError: (error) => ({
      status: error.status,
      headers: { "content-type": contentType, "x-amzn-errortype": error.code },
      body: JSON.stringify({ __type: error.code, ...errorMembers(error) }),
    }),
  };
};

const jsonOf = ({ output: shape }: OperationModel, output: unknown): string =>
  (output as { readonly [encodedJson]?: string })[encodedJson] ?? JSON.stringify(toJson(shape, output));

/** The members of an error's document; the message under the name its model gives it. */
export const errorMembers = (error: WireError): Readonly<Record<string, unknown>> => {
  const messageName =
    error.structure?.members.find((member) => member.name.toLowerCase() === "message")?.name ?? "message";
  const members = error.structure ? (toJson(error.structure, error.members) as Record<string, unknown>) : error.members;
  return { ...members, [messageName]: error.message };
};
