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

/** There is no network that a link would lead to. */
const NO_LINKS: HttpResponse = {
  status: 501,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message: "aloft has not built apigatewayv2's calls through VPC links yet." }),
};

const ask = async (room: Room, request: ApiRequest, integration: IntegrationRecord): Promise<HttpResponse> => {
  if (integration.connectionType === "VPC_LINK") return NO_LINKS;
  // A service's parameters are what its call is made of, not changes to the request.
  if (integration.integrationSubtype !== undefined) return callService(room, request, integration);
  const { request: mapped, path } = mappedRequest(request, integration);
  return integration.integrationType === "AWS_PROXY"
    ? invoke(room, path === undefined ? mapped : { ...mapped, path }, integration)
    : proxy(mapped, integration, path);
};
