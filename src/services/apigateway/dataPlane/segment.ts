import { functionIn } from "../../../engines/gateway/integrationTarget.ts";
import { isFunctionUri } from "../../../engines/gateway/serviceRequest.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { header } from "../../../kernel/http.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { RoomDeps } from "../../../kernel/service.ts";
import type { Ran, StagedRequest } from "./request.ts";
import type { MethodTarget } from "./served.ts";

/** `shop/prod`: by this name rules and traces know a stage. */
export const stageName = ({ table }: StagedRequest): string => `${table.api.name}/${table.stage.stageName}`;

export const stageArn = ({ partition, region }: Pick<RoomDeps, "partition" | "region">, { table }: StagedRequest) =>
  `arn:${partition}:apigateway:${region}::/restapis/${table.api.id}/stages/${table.stage.stageName}`;

interface FinishedRequest {
  readonly request: StagedRequest;
  readonly ran: Ran;
  readonly endedAt: number;
}

/** Where a segment stands in its trace, and which rule asked for it. */
interface Place {
  readonly id: string;
  /** That of the call to the integration. */
  readonly callId: string;
  readonly root: string;
  readonly parent: string | undefined;
  readonly rule: string | undefined;
}

/** The segment of a request. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-understanding-xray-traces.html */
export const requestSegment = (
  deps: Pick<RoomDeps, "account" | "partition" | "region">,
  finished: FinishedRequest,
  place: Place,
): JsonObject => {
  const { request, ran, endedAt } = finished;
  const { status } = ran.answer;
  const { table, requestId, extendedRequestId } = request;
  const call = callSegment(deps, finished, place);
  return {
    id: place.id,
    name: stageName(request),
    start_time: request.time / 1000,
    end_time: endedAt / 1000,
    trace_id: place.root,
    ...(place.parent === undefined ? {} : { parent_id: place.parent }),
    metadata: { default: { extended_request_id: extendedRequestId, request_id: requestId } },
    http: { request: requestPart(request), response: { status, content_length: 0 } },
    aws: {
      ...(place.rule === undefined ? {} : { xray: { sampling_rule_name: place.rule } }),
      api_gateway: {
        account_id: deps.account,
        rest_api_id: table.api.id,
        stage: table.stage.stageName,
        request_id: requestId,
      },
    },
    annotations: { "aws:api_id": table.api.id, "aws:api_stage": table.stage.stageName },
    ...flagsOf(status),
    origin: "AWS::ApiGateway::Stage",
    resource_arn: stageArn(deps, request),
    ...(call ? { subsegments: [call] } : {}),
  };
};

const requestPart = ({ http, domainName, sourceIp }: StagedRequest): JsonObject => {
  const agent = header(http.headers, "user-agent");
  return {
    url: `${http.isSecure ? "https" : "http"}://${domainName}${http.path}`,
    method: http.method,
    ...(agent === undefined ? {} : { user_agent: agent }),
    client_ip: sourceIp,
    x_forwarded_for: true,
  };
};

const flagsOf = (status: number): JsonObject => ({
  ...(status >= 400 && status < 500 ? { error: true } : {}),
  ...(status === 429 ? { throttle: true } : {}),
  ...(status >= 500 ? { fault: true } : {}),
});

/** The call to the integration, where the request came to one. */
const callSegment = (
  { region }: Pick<RoomDeps, "region">,
  { ran: { integrationMs, target, answer }, request, endedAt }: FinishedRequest,
  { callId }: Place,
): JsonObject | undefined => {
  const called = target && integrationMs !== undefined && calledBy(target, request, region);
  if (!called) return undefined;
  return {
    id: callId,
    ...called,
    start_time: (endedAt - integrationMs) / 1000,
    end_time: endedAt / 1000,
    http: {
      request: { url: target.integration.uri ?? "", method: target.integration.httpMethod ?? "POST" },
      response: { status: answer.status },
    },
    ...flagsOf(answer.status),
  };
};

/** What an integration calls; undefined of one that calls nothing. */
const calledBy = ({ integration }: MethodTarget, { table }: StagedRequest, region: string): JsonObject | undefined => {
  const { type, uri = "" } = integration;
  if (type === "HTTP" || type === "HTTP_PROXY")
    return { name: URL.canParse(uri) ? new URL(uri).hostname : "HTTP", namespace: "remote" };
  if (type !== "AWS" && type !== "AWS_PROXY") return undefined;
  if (!isFunctionUri(uri) && type === "AWS") {
    const name = (parseArn(uri)?.account ?? "").toUpperCase();
    return { name, namespace: "aws", aws: { region } };
  }
  const name = functionIn(uri, table.stage.variables).split(":")[6] ?? "";
  const aws = { function_name: name, region, operation: "Invoke", resource_names: [name] };
  return { name: "Lambda", namespace: "aws", aws };
};
