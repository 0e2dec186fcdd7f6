import type { HttpResponse } from "../../../../kernel/http.ts";
import { MAX_INTEGRATION_TIMEOUT_MS } from "../../limits.ts";
import type { IntegrationRecord } from "../../records.ts";
import type { Room } from "../../room.ts";
import { mappedRequest } from "../mapping/requestMapping.ts";
import { mappedResponse } from "../mapping/responseMapping.ts";
import type { ApiRequest } from "../request.ts";
import { UNAVAILABLE } from "../responses.ts";
import { callService } from "./awsService.ts";
import { proxy } from "./httpProxy.ts";
import { invoke } from "./lambda.ts";

/** Runs a request's integration and answers what it says. */
export const integrate = async (
  room: Room,
  request: ApiRequest,
  integration: IntegrationRecord,
): Promise<HttpResponse> => {
  const ms = integration.timeoutInMillis ?? MAX_INTEGRATION_TIMEOUT_MS;
  const response = await room.timeouts.race(ask(room, request, integration), ms, UNAVAILABLE);
  return mappedResponse(request, integration, response);
};

const ask = async (room: Room, request: ApiRequest, integration: IntegrationRecord): Promise<HttpResponse> => {
  // A service's parameters are what its call is made of, not changes to the request.
  if (integration.integrationSubtype !== undefined) return callService(room, request, integration);
  const { request: mapped, path } = mappedRequest(request, integration);
  return integration.integrationType === "AWS_PROXY"
    ? invoke(room, path === undefined ? mapped : { ...mapped, path }, integration)
    : proxy(mapped, integration, path);
};
