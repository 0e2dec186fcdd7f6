import { NotImplemented } from "../../../kernel/errors.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import type { Room } from "../room.ts";
import { failed } from "./gatewayAnswer.ts";
import { integrate } from "./integrate.ts";
import { mapText } from "./journal.ts";
import type { Refusal } from "./refusal.ts";
import { lastAndAll, type MethodRequest, queryPairs, type Ran } from "./request.ts";
import { spelledHeaders } from "./spelledHeaders.ts";
import { throughCache } from "./throughCache.ts";

/** What a request must pass before its integration is run. */
export type Guard = (room: Room, request: MethodRequest) => Promise<MethodRequest | Refusal>;

/** Runs a method for a request and takes down, where that is asked for, how it goes. */
export const runMethod = async (room: Room, request: MethodRequest, guard: Guard): Promise<Ran> => {
  if (!request.journal) return ran(room, request, guard);
  tellRequest(request);
  const done = await ran(room, request, guard);
  tellAnswer(request, done.answer);
  return done;
};

const ran = async (room: Room, request: MethodRequest, guard: Guard): Promise<Ran> => {
  try {
    const passed = await guard(room, request);
    if ("refusal" in passed) return refused(request, passed);
    request.journal?.learn({ known: passed });
    const begun = room.clock.now();
    const said = await throughCache(room, passed, () => integrate(room, passed));
    if ("refusal" in said) return refused(request, said);
    const answer = traced(room, passed, said.answer);
    return said.isHit ? { answer } : { answer, integrationMs: room.clock.now() - begun };
  } catch (error) {
    if (!(error instanceof NotImplemented)) throw error;
    const wording = { statusCode: 501, message: error.message };
    return { answer: failed(request, "API_CONFIGURATION_ERROR", error.message, wording) };
  }
};

const refused = (request: MethodRequest, refusal: Refusal): Ran => ({
  answer: failed(request, refusal.refusal, reasonOf(request, refusal), refusal),
});

/** AWS: what a service or a function answers tells its trace, that of a function's proxy with a parent. */
const traced = ({ ids }: Room, { match, traceId }: MethodRequest, answer: HttpResponse): HttpResponse => {
  const { type } = match.target.integration;
  const isService = type === "AWS" && answer.headers["x-amzn-errortype"] === undefined;
  if (type !== "AWS_PROXY" && !isService) return answer;
  const whole = isService || traceId.includes("Parent=") ? traceId : `${traceId};Parent=${ids.hex(16)};Sampled=0`;
  return { ...answer, headers: { "x-amzn-trace-id": whole, ...answer.headers } };
};

const reasonOf = ({ requestId }: MethodRequest, { refusal, message, fault }: Refusal): string => {
  switch (refusal) {
    case "UNAUTHORIZED":
      return `Unauthorized request: ${requestId}`;
    case "ACCESS_DENIED":
      return `The client is not authorized to perform this operation.${message === undefined ? "" : ` ${message}`}`;
    case "BAD_REQUEST_BODY":
      return `Request body does not match model schema for content type application/json: ${fault}`;
    case "BAD_REQUEST_PARAMETERS":
      return `Execution failed: ${message}`;
    case "INVALID_API_KEY":
      return `API Key was not authorized for the request: ${requestId}`;
    case "THROTTLED":
      return `Method request was throttled: ${requestId}`;
    default:
      return `Execution failed: ${refusal}`;
  }
};

const tellRequest = (request: MethodRequest): void => {
  const { journal, http, address, match, requestId, headers, bytes } = request;
  journal?.tell("info", `Starting execution for request: ${requestId}`);
  journal?.tell("info", `HTTP Method: ${http.method}, Resource Path: ${address.path}`);
  journal?.tell("data", `Method request path: ${mapText(match.parameters)}`);
  journal?.tell("data", `Method request query string: ${mapText(lastAndAll(queryPairs(http.rawQuery)).last)}`);
  journal?.tell("data", `Method request headers: ${mapText(lastAndAll(headers).last)}`);
  journal?.tell("data", `Method request body before transformations: ${bytes}`);
};

const tellAnswer = ({ journal }: MethodRequest, { status, headers, body }: HttpResponse): void => {
  if (!journal?.learned.failure) {
    journal?.tell(
      "data",
      `Method response body after transformations: ${typeof body === "string" ? body : textOf(body)}`,
    );
    journal?.tell("data", `Method response headers: ${mapText(spelledHeaders(headers))}`);
    journal?.tell("info", "Successfully completed execution");
  }
  journal?.tell("info", `Method completed with status: ${status}`);
};

const textOf = (body: HttpResponse["body"]): string => (body instanceof Uint8Array ? Buffer.from(body).toString() : "");
