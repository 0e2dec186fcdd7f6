import { validated } from "../dataPlane/guard.ts";
import { askAuthorizer } from "../dataPlane/lambdaAuthorizer.ts";
import { runMethod } from "../dataPlane/runMethod.ts";
import { spelledHeaders } from "../dataPlane/spelledHeaders.ts";
import { targetOf, testLog, testRequest } from "../dataPlane/testRequest.ts";
import { badRequest, notFound } from "../errors.ts";
import { findPart } from "../find.ts";
import type { Operation, Room } from "../room.ts";

/** AWS: tries a method as it is now, without asking its authorizer or for a key. */
export const testInvokeMethod =
  (room: Room): Operation<"TestInvokeMethod"> =>
  async (ctx, input) => {
    const { restApiId, resourceId, httpMethod } = input;
    const resource = findPart(room.resources, "Resource", restApiId, resourceId);
    // AWS: a resource that answers any method answers the one that is tried.
    const any = room.methods.get([restApiId, resourceId, "ANY"]);
    const method = room.methods.get([restApiId, resourceId, httpMethod]) ?? any;
    if (!method) throw notFound("Method");
    const { methodIntegration: integration } = method;
    if (!integration) throw badRequest("No integration defined for method");
    const target = { resource, method, integration, ...targetOf(room, restApiId, method) };
    const request = testRequest(room, input, target, ctx.signal);
    const { answer } = await runMethod(room, request, validated);
    const headers = shownHeaders(answer.headers);
    return {
      status: answer.status,
      body: typeof answer.body === "string" ? answer.body : textOf(answer.body),
      headers: Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.at(-1) ?? ""])),
      multiValueHeaders: headers,
      log: testLog(request.requestId, request.journal),
      latency: room.clock.now() - request.time,
    };
  };

/** AWS: of its own answers, a test shows the kind of the error and not the type of the content. */
const shownHeaders = (headers: Parameters<typeof spelledHeaders>[0]): Record<string, string[]> => {
  const { "content-type": type, ...others } = headers;
  const shown = headers["x-amzn-errortype"] === undefined && type !== undefined ? headers : others;
  return Object.fromEntries(Object.entries(spelledHeaders(shown)).map(([name, value]) => [name, [value].flat()]));
};

const textOf = (body: unknown): string => (body instanceof Uint8Array ? Buffer.from(body).toString() : "");

/** AWS: what the client would be answered: nothing of its own where the authorizer let the request pass. */
const CLIENT_STATUS: Readonly<Record<string, number>> = { UNAUTHORIZED: 401, ACCESS_DENIED: 403 };

/** Tries an authorizer. */
export const testInvokeAuthorizer =
  (room: Room): Operation<"TestInvokeAuthorizer"> =>
  async (ctx, input) => {
    const { restApiId, authorizerId } = input;
    const authorizer = findPart(room.authorizers, "Authorizer", restApiId, authorizerId);
    const resource = { id: "", path: "/" };
    const method = { resourceId: "", httpMethod: "GET", authorizationType: "CUSTOM" };
    const target = { resource, method, integration: { type: "MOCK" as const }, authorizer, validator: undefined };
    const request = testRequest(room, { ...input, httpMethod: "GET" }, target, ctx.signal);
    const { journal, requestId } = request;
    journal.tell("info", `Starting authorizer: ${authorizerId} for request: ${requestId}`);
    const said = await askAuthorizer(room, request, { ...authorizer, authorizerResultTtlInSeconds: 0 });
    if ("refusal" in said) journal.tell("error", `Unauthorized request: ${requestId}`);
    else journal.tell("info", "Successfully completed authorizer execution");
    const answered = journal.learned.authorization;
    return {
      clientStatus: "refusal" in said ? (CLIENT_STATUS[said.refusal] ?? 500) : 0,
      log: testLog(requestId, journal),
      latency: room.clock.now() - request.time,
      ...(answered ? { principalId: answered.principalId, policy: JSON.stringify(answered.policyDocument) } : {}),
      ...("context" in said ? { authorization: {} } : {}),
    };
  };
