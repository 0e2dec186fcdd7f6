import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import type { Room } from "../room.ts";
import { CONFIGURATION } from "./gatewayAnswer.ts";
import type { MethodRequest } from "./request.ts";

/** Takes down that a function is invoked. Differs: calls within this cloud are not signed, and no signature is shown. */
export const tellInvocation = (room: Room, request: MethodRequest, functionArn: string, payload: Buffer): void => {
  const { journal, table, requestId } = request;
  if (!journal) return;
  const headers = {
    "x-amzn-lambda-integration-tag": requestId,
    "x-amzn-apigateway-api-id": table.api.id,
    Accept: "application/json",
    "User-Agent": `AmazonAPIGateway_${table.api.id}`,
  };
  const host = `lambda.${room.region}.amazonaws.com`;
  journal.asked(`https://${host}/2015-03-31/functions/${functionArn}/invocations`, headers, payload);
};

/** Takes down what it answered. */
export const tellInvoked = ({ journal }: MethodRequest, payload: string, version: string | undefined): void =>
  journal?.answered(
    200,
    {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(payload),
      ...(version === undefined ? {} : { "X-Amz-Executed-Version": version }),
    },
    payload,
  );

/** What is said of a function that failed. */
export const failureOf = (payload: string): string =>
  `Lambda execution failed with status 200 due to customer function error: ${functionMessage(payload)}.`;

const functionMessage = (payload: string): string => {
  const answer: unknown = JSON.parse(payload);
  return isJsonObject(answer) ? String(answer["errorMessage"] ?? payload) : payload;
};

/** What is said of a function that could not be invoked. */
export const uninvokable = (error: unknown): string => {
  const code = errorCode(error);
  if (code.startsWith("AccessDenied")) return `${CONFIGURATION}Invalid permissions on Lambda function`;
  return `Execution failed due to an internal error: ${errorMessage(error)}`;
};
