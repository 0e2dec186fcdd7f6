import { functionIn } from "../../../../engines/gateway/integrationTarget.ts";
import { errorCode, NotImplemented } from "../../../../kernel/errors.ts";
import { isJsonObject } from "../../../../kernel/json.ts";
import type { Room } from "../../room.ts";
import { parseJson } from "../mapping/jsonPath.ts";
import { FAILED, type RouteAnswer } from "./routeAnswer.ts";
import { routeCaller } from "./routeCaller.ts";
import { mappedParameters, type RouteRequest } from "./routeRequest.ts";
import type { MappedMessage } from "./routeTemplates.ts";

/** Invokes a function with the event, and takes its answer for the route's. */
export const invokeProxy = async (room: Room, request: RouteRequest): Promise<RouteAnswer> => {
  const invoked = await invoke(room, request, { payload: JSON.stringify(request.event), isAsynchronous: false });
  if ("status" in invoked) return invoked;
  return invoked.hasFailed ? FAILED : proxyAnswer(invoked.text);
};

/** Invokes a function with what the template made of the message. */
export const invokeFunction = async (
  room: Room,
  request: RouteRequest,
  message: MappedMessage,
): Promise<RouteAnswer> => {
  const headers = mappedParameters(request, "header", message.overrides.request.header);
  const isAsynchronous = Object.entries(headers).some(
    ([name, value]) => /^x-amz-invocation-type$/i.test(name) && value === "Event",
  );
  const invoked = await invoke(room, request, { payload: message.body || "{}", isAsynchronous });
  if ("status" in invoked) return invoked;
  // AWS: a function's failure is an answer too, where an integration response looks out for it.
  const isUnheard = invoked.hasFailed && request.route.responses.length === 0;
  return isUnheard ? FAILED : { status: 200, headers: {}, body: invoked.text };
};

interface Invoked {
  readonly text: string;
  readonly hasFailed: boolean;
}

const invoke = async (
  room: Room,
  request: RouteRequest,
  { payload, isAsynchronous }: { readonly payload: string; readonly isAsynchronous: boolean },
): Promise<Invoked | RouteAnswer> => {
  const { integration, table } = request;
  try {
    const { call } = await routeCaller(room, request);
    const FunctionName = functionIn(integration.integrationUri ?? "", table.stage.stageVariables);
    const output = await call("lambda", "Invoke", {
      FunctionName,
      Payload: Buffer.from(payload),
      ...(isAsynchronous ? { InvocationType: "Event" } : {}),
    });
    const text = output.Payload instanceof Uint8Array ? Buffer.from(output.Payload).toString() : "";
    return { text, hasFailed: output.FunctionError !== undefined };
  } catch (error) {
    if (error instanceof NotImplemented) throw error;
    return errorCode(error) === "TooManyRequestsException" ? { ...FAILED, status: 429 } : FAILED;
  }
};

/** AWS: a function answers with a status, and a body where the route answers. */
const proxyAnswer = (payload: string): RouteAnswer => {
  const answer = parseJson(payload);
  if (!isJsonObject(answer)) return FAILED;
  const status = Number(answer["statusCode"]);
  if (!Number.isInteger(status) || status < 100 || status > 599) return FAILED;
  const { body, headers } = answer;
  const texts = Object.entries(isJsonObject(headers) ? headers : {}).map(([name, value]) => [name, String(value)]);
  return { status, body: typeof body === "string" ? body : undefined, headers: Object.fromEntries(texts) };
};
