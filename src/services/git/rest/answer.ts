import { createHash } from "node:crypto";
import { AwsError, errorMessage } from "../../../kernel/errors.ts";
import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import type { GitDoorParts } from "../door/parts.ts";
import type { Room } from "../room.ts";
import { type Answer, API_PATH, notFound, refuse } from "./api.ts";
import { callerOf } from "./caller.ts";
import { findRoute } from "./routes.ts";

/** Answers as GitHub's REST API does: https://docs.github.com/en/rest */
export const answerApi = async (request: HttpRequest, room: Room, parts: GitDoorParts): Promise<HttpResponse> => {
  const requestId = room.ids.hex(32).toUpperCase();
  try {
    return responseOf(request, await answer(request, room, parts), requestId);
  } catch (error) {
    return responseOf(request, refusalOf(error), requestId);
  }
};

const answer = async (request: HttpRequest, room: Room, parts: GitDoorParts): Promise<Answer> => {
  const path = request.path.slice(API_PATH.length).replace(/\/+$/, "") || "/";
  const caller = await callerOf(request, room, parts);
  const { route, params } = findRoute(request.method, path);
  const answered = await route({ room, request, caller, params, query: new URLSearchParams(request.rawQuery) });
  await room.deps.records.committed();
  return answered;
};

const DOCUMENTATION = "https://docs.github.com/rest";

const refusalOf = (error: unknown): Answer => {
  const known = error instanceof AwsError ? error : refuse(500, errorMessage(error));
  const { statusCode, details } = known;
  // What a room does not find, GitHub's words tell nobody more of.
  const message = known.code.endsWith("DoesNotExistException") ? notFound().message : known.message;
  return {
    status: statusCode,
    body: { message, ...details, documentation_url: DOCUMENTATION, status: String(statusCode) },
  };
};

const responseOf = (request: HttpRequest, answered: Answer, requestId: string): HttpResponse => {
  const { status, body, bytes, stream, headers = {} } = answered;
  const shared = {
    "x-github-media-type": "github.v3; format=json",
    "x-github-request-id": requestId,
    "x-content-type-options": "nosniff",
    "cache-control": "private, max-age=0",
  };
  if (stream) return { status, headers: { ...shared, ...headers }, body: stream };
  if (body === undefined && bytes === undefined) return { status, headers: { ...shared, ...headers } };
  const content = bytes ?? JSON.stringify(body);
  const etag = `"${createHash("sha256").update(content).digest("hex")}"`;
  const known = header(request.headers, "if-none-match");
  if (status === 200 && request.method === "GET" && known?.replace(/^W\//, "") === etag)
    return { status: 304, headers: { ...shared, etag } };
  return {
    status,
    headers: { ...shared, "content-type": "application/json; charset=utf-8", etag, ...headers },
    body: content,
  };
};
