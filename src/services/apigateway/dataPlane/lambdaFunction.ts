import { functionIn } from "../../../engines/gateway/integrationTarget.ts";
import { errorMessage, NotImplemented } from "../../../kernel/errors.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import type { Room } from "../room.ts";
import { mappedParameters } from "./httpBackend.ts";
import { failureOf, tellInvocation, tellInvoked, uninvokable } from "./invocationLog.ts";
import { integrationCaller, textOf } from "./lambdaProxy.ts";
import type { BackendAnswer } from "./mappedResponse.ts";
import type { MethodRequest } from "./request.ts";
import type { MappedBody } from "./requestBody.ts";

/**
 * Invokes a function with the body that the method's template made.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-custom-integrations.html
 */
export const lambdaFunction = async (room: Room, request: MethodRequest, body: MappedBody): Promise<BackendAnswer> => {
  const { integration } = request.match.target;
  const headers = mappedParameters(request, "header", body);
  const asynchronous = Object.entries(headers).some(
    ([name, value]) => /^x-amz-invocation-type$/i.test(name) && value === "Event",
  );
  try {
    const { call } = await integrationCaller(room, request);
    const FunctionName = functionIn(integration.uri ?? "", request.table.stage.variables);
    tellInvocation(room, request, FunctionName, body.bytes);
    const output = await call("lambda", "Invoke", {
      FunctionName,
      Payload: body.bytes,
      ...(asynchronous ? { InvocationType: "Event" } : {}),
    });
    const text = asynchronous ? "" : textOf(output.Payload);
    tellInvoked(request, text, output.ExecutedVersion);
    if (output.FunctionError !== undefined) request.journal?.tell("error", failureOf(text));
    // AWS: patterns see a function's error message, and nothing where it did not fail.
    return {
      selection: output.FunctionError === undefined ? "" : messageIn(text),
      headers: {},
      body: Buffer.from(text),
    };
  } catch (error) {
    if (error instanceof NotImplemented) throw error;
    request.journal?.tell("error", uninvokable(error));
    return { selection: errorMessage(error), headers: {}, body: Buffer.from("{}") };
  }
};

const messageIn = (payload: string): string => {
  const parsed: unknown = JSON.parse(payload);
  return isJsonObject(parsed) ? String(parsed["errorMessage"] ?? payload) : payload;
};
