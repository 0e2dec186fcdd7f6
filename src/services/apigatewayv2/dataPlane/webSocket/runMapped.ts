import { isFunctionUri } from "../../../../engines/gateway/serviceRequest.ts";
import type { Room } from "../../room.ts";
import { askBackend } from "./askBackend.ts";
import { callService } from "./callService.ts";
import { invokeFunction } from "./invokeFunction.ts";
import { mappedAnswer } from "./mappedAnswer.ts";
import { FAILED, NOTHING, type RouteAnswer } from "./routeAnswer.ts";
import type { RouteRequest } from "./routeRequest.ts";
import { type MappedMessage, mappedMessage } from "./routeTemplates.ts";

const UNSUPPORTED: RouteAnswer = { ...FAILED, status: 415, refusal: "Unsupported Media Type" };

/** Runs an integration that is no proxy: templates make its request, and what its answer becomes. */
export const runMapped = async (room: Room, request: RouteRequest): Promise<RouteAnswer> => {
  const message = mappedMessage(request);
  if (!message) return UNSUPPORTED;
  return mappedAnswer(request, message, await asked(room, request, message));
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
