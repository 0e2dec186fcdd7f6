import { isFunctionUri } from "../../../engines/gateway/serviceRequest.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import { MAX_INTEGRATION_TIMEOUT_MS } from "../limits.ts";
import type { Room } from "../room.ts";
import { awsService } from "./awsService.ts";
import { CONFIGURATION, failed } from "./gatewayAnswer.ts";
import { httpBackend, type Unreached } from "./httpBackend.ts";
import { lambdaFunction } from "./lambdaFunction.ts";
import { lambdaProxy } from "./lambdaProxy.ts";
import { type BackendAnswer, mappedResponse } from "./mappedResponse.ts";
import { remappedHeaders, setsForbiddenHeader } from "./remappedHeaders.ts";
import type { MethodRequest } from "./request.ts";
import { type MappedBody, mappedBody } from "./requestBody.ts";

/** Runs a request's integration and answers what it says. */
export const integrate = async (room: Room, request: MethodRequest): Promise<HttpResponse> => {
  const { timeoutInMillis = MAX_INTEGRATION_TIMEOUT_MS } = request.match.target.integration;
  const answer = await room.timeouts.race(run(room, request), timeoutInMillis, undefined);
  return answer ?? failed(request, "INTEGRATION_TIMEOUT", "Execution failed due to a timeout error");
};

const run = async (room: Room, request: MethodRequest): Promise<HttpResponse> => {
  const { integration } = request.match.target;
  const { type } = integration;
  if (setsForbiddenHeader(integration)) {
    return failed(request, "API_CONFIGURATION_ERROR", `${CONFIGURATION}Invalid header name in the integration request`);
  }
  if (integration.connectionType === "VPC_LINK") throw new NotImplemented("apigateway's calls through VPC links");
  if (type === "AWS_PROXY") return lambdaProxy(room, request);
  if (type === "HTTP_PROXY") {
    const answer = await httpBackend(request, request.bytes);
    if ("unreached" in answer) return unanswered(request, answer);
    return { status: Number(answer.selection), headers: remappedHeaders(answer.headers), body: answer.body };
  }
  const body = mappedBody(request);
  if ("refused" in body) return body.refused;
  if (type === "MOCK") return mocked(request, body);
  const answer = await asked(room, request, body);
  return "unreached" in answer ? unanswered(request, answer) : mappedResponse(request, answer, body.overrides);
};

const unanswered = (request: MethodRequest, { unreached, isMisconfigured }: Unreached): HttpResponse =>
  failed(request, isMisconfigured ? "API_CONFIGURATION_ERROR" : "INTEGRATION_FAILURE", unreached);

/** What the backend says. */
const asked = async (room: Room, request: MethodRequest, body: MappedBody): Promise<BackendAnswer | Unreached> => {
  const { type, uri = "" } = request.match.target.integration;
  switch (type) {
    case "HTTP":
      return httpBackend(request, body.bytes, body);
    case "AWS":
      return isFunctionUri(uri) ? lambdaFunction(room, request, body) : awsService(room, request, body);
    default:
      throw new NotImplemented(`apigateway's integrations of the type ${type}`);
  }
};

const EMPTY = Buffer.alloc(0);

/** AWS: a mock answers with the status that its request, or the template made of it, names; a template must name one. */
const mocked = (request: MethodRequest, { bytes, overrides, contentType }: MappedBody): HttpResponse => {
  const [, status] = /["']?statusCode["']?\s*:\s*["']?(\d{3})\b/.exec(bytes.toString()) ?? [];
  const isMade = contentType !== undefined;
  if (status === undefined && isMade) return failed(request, "API_CONFIGURATION_ERROR", `${CONFIGURATION}${NO_STATUS}`);
  return mappedResponse(request, { selection: status ?? "500", headers: {}, body: EMPTY }, overrides);
};

const NO_STATUS = "statusCode should be an integer which defined in request template";
