import { NotImplemented } from "../../../kernel/errors.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import { MAX_INTEGRATION_TIMEOUT_MS } from "../limits.ts";
import type { Room } from "../room.ts";
import { awsService } from "./awsService.ts";
import { gatewayAnswer } from "./gatewayAnswer.ts";
import { httpBackend } from "./httpBackend.ts";
import { lambdaFunction } from "./lambdaFunction.ts";
import { lambdaProxy } from "./lambdaProxy.ts";
import { type BackendAnswer, mappedResponse } from "./mappedResponse.ts";
import { remappedHeaders, setsForbiddenHeader } from "./remappedHeaders.ts";
import type { MethodRequest } from "./request.ts";
import { type MappedBody, mappedBody } from "./requestBody.ts";

/** Runs a request's integration and answers what it says. */
export const integrate = (room: Room, request: MethodRequest): Promise<HttpResponse> => {
  const { integration } = request.match.target;
  const late = gatewayAnswer(request, "INTEGRATION_TIMEOUT");
  return room.timeouts.race(run(room, request), integration.timeoutInMillis ?? MAX_INTEGRATION_TIMEOUT_MS, late);
};

const run = async (room: Room, request: MethodRequest): Promise<HttpResponse> => {
  const { integration } = request.match.target;
  const { type } = integration;
  if (setsForbiddenHeader(integration)) return gatewayAnswer(request, "API_CONFIGURATION_ERROR");
  if (type === "AWS_PROXY") return lambdaProxy(room, request);
  if (type === "HTTP_PROXY") {
    const answer = await httpBackend(request, request.bytes);
    if (!answer) return gatewayAnswer(request, "INTEGRATION_FAILURE");
    return { status: Number(answer.selection), headers: remappedHeaders(answer.headers), body: answer.body };
  }
  const body = mappedBody(request);
  if (!body) return gatewayAnswer(request, "UNSUPPORTED_MEDIA_TYPE");
  const answer = await asked(room, request, body);
  return answer ? mappedResponse(request, answer, body.overrides) : gatewayAnswer(request, "INTEGRATION_FAILURE");
};

/** What the backend says; undefined when it cannot be reached. */
const asked = async (room: Room, request: MethodRequest, body: MappedBody): Promise<BackendAnswer | undefined> => {
  const { type, uri = "" } = request.match.target.integration;
  switch (type) {
    case "MOCK":
      return { selection: mockStatus(body.bytes.toString()), headers: {}, body: EMPTY };
    case "HTTP":
      return httpBackend(request, body.bytes, body);
    case "AWS":
      return /:lambda:path\//.test(uri) ? lambdaFunction(room, request, body) : awsService(room, request, body);
    default:
      throw new NotImplemented(`apigateway's integrations of the type ${type}`);
  }
};

const EMPTY = Buffer.alloc(0);

/** AWS: a mock answers with the status that its request, or the template made of it, names. */
const mockStatus = (text: string): string => /["']?statusCode["']?\s*:\s*["']?(\d{3})\b/.exec(text)?.[1] ?? "500";
