import { modelFaults } from "../../../../engines/gateway/modelFaults.ts";
import { isFunctionUri } from "../../../../engines/gateway/serviceRequest.ts";
import { FailedTemplate } from "../../../../engines/gateway/vtl/render.ts";
import type { Room } from "../../room.ts";
import { askBackend } from "./askBackend.ts";
import { callService } from "./callService.ts";
import { invokeFunction } from "./invokeFunction.ts";
import { mappedAnswer } from "./mappedAnswer.ts";
import { requestVariables } from "./messageBody.ts";
import { FAILED, NOTHING, type RouteAnswer } from "./routeAnswer.ts";
import { messageOf, type RouteRequest } from "./routeRequest.ts";
import { type MappedMessage, mappedMessage } from "./routeTemplates.ts";
import { selectedKey, underKey } from "./selectionExpression.ts";

const UNSUPPORTED: RouteAnswer = { ...FAILED, status: 415, refusal: "Unsupported Media Type" };

const INVALID: RouteAnswer = { ...FAILED, status: 400, refusal: "Invalid request body" };

/** Runs an integration that is no proxy: templates make its request, and what its answer becomes. */
export const runMapped = async (room: Room, request: RouteRequest): Promise<RouteAnswer> => {
  if (fault(request) !== undefined) return INVALID;
  try {
    const message = mappedMessage(request);
    if (!message) return UNSUPPORTED;
    return mappedAnswer(request, message, await asked(room, request, message));
  } catch (error) {
    if (error instanceof FailedTemplate) return FAILED;
    throw error;
  }
};

/** What is wrong with a message by the model that its route chooses for it. */
const fault = (request: RouteRequest): string | undefined => {
  const { route, table } = request;
  const { modelSelectionExpression: expression, requestModels = {} } = route.route;
  if (expression === undefined) return undefined;
  const message = messageOf(request);
  const model = underKey(requestModels, selectedKey(expression, requestVariables(message)));
  if (model === undefined) return undefined;
  const address = `https://apigateway.amazonaws.com/restapis/${table.api.apiId}/models`;
  return modelFaults(table.models, (name) => `${address}/${name}`)(model, message);
};

const asked = (room: Room, request: RouteRequest, message: MappedMessage): Promise<RouteAnswer> => {
  const { integrationType, integrationUri = "" } = request.integration;
  if (integrationType === "MOCK") return Promise.resolve(mocked(message));
  if (integrationType === "HTTP") return askBackend(request, message);
  return isFunctionUri(integrationUri) ? invokeFunction(room, request, message) : callService(room, request, message);
};

/** AWS: a mock answers with the status that its template names. */
const mocked = ({ body, isMapped }: MappedMessage): RouteAnswer => {
  if (!isMapped) return NOTHING;
  const [, status] = /["']?statusCode["']?\s*:\s*["']?(\d{3})\b/.exec(body) ?? [];
  return status === undefined ? FAILED : { ...NOTHING, status: Number(status) };
};
