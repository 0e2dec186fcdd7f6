import { AwsError, errorCode, errorMessage } from "../kernel/errors.ts";
import { type HttpRequest, type HttpResponse, header } from "../kernel/http.ts";
import { version } from "../version.ts";
import { apiRequest } from "./apiRequest.ts";
import { asset, buildFailure, page, shell } from "./assets.ts";
import { call } from "./call.ts";
import { diagram } from "./diagram.ts";
import { callLog, eventLog, permissions } from "./log.ts";
import { getObject, putObject } from "./objects.ts";
import { buildFailedPage, buildingPage, enteringPage, lockedPage, usedLinkPage } from "./pages.ts";
import { type ConsoleParts, type ConsoleRoute, json } from "./parts.ts";
import { CONSOLE_PATH, GIT_PATH } from "./path.ts";
import { SESSION_SECONDS, type Session, sameSecret, sessionCookie, sessionOf } from "./sessions.ts";
import { stream } from "./stream.ts";

/** What the page knows of where it is. */
const session: ConsoleRoute = async ({ parts, session: { csrf, expires } }) =>
  json({
    csrf,
    expires,
    version,
    account: parts.principal.account,
    region: parts.region,
    endpoint: parts.endpoint(),
    now: parts.clock.now(),
  });

/** Moves the cloud's time forward: `?ms=`. */
const advanceClock: ConsoleRoute = async ({ parts, query }) => {
  const ms = Number(query.get("ms"));
  if (!(ms > 0)) throw new AwsError("ValidationException", "ms must be a number of milliseconds.");
  parts.clock.advance(ms);
  return json({ now: parts.clock.now() });
};

const signOut: ConsoleRoute = async ({ request }) => ({
  status: 204,
  headers: { "set-cookie": cookiesOf(request, "", 0) },
});

const ROUTES: Readonly<Record<string, ConsoleRoute>> = {
  "GET session": session,
  "GET events": stream,
  "GET log/calls": callLog,
  "GET log/events": eventLog,
  "GET permissions": permissions,
  "GET diagram": diagram,
  "GET object": getObject,
  "PUT object": putObject,
  "POST call": call,
  "POST request": apiRequest,
  "POST clock": advanceClock,
  "POST signout": signOut,
};

/** The Git host's pages are for whoever has the console open. */
const cookiesOf = (request: HttpRequest, value: string, seconds: number): readonly string[] =>
  [CONSOLE_PATH, GIT_PATH].map(
    (path) => `${sessionCookie(request)}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Strict`,
  );

const CSRF_HEADER = "x-aloft-csrf";

/** Answers everything below the console's path. */
export const answerConsole = async (parts: ConsoleParts, request: HttpRequest): Promise<HttpResponse> => {
  const name = request.path.slice(CONSOLE_PATH.length);
  const query = new URLSearchParams(request.rawQuery);
  if (name === "enter") return enter(parts, request, query);
  if (name.startsWith("assets/")) return asset(request, name.slice("assets/".length));
  const found = sessionOf(parts.sessions, request);
  if (name === "") return found ? shellPage() : lockedPage();
  const route = ROUTES[`${request.method} ${name}`];
  if (!found) return json({ error: { code: "NotSignedIn", message: "Open the console with: aloft open" } }, 401);
  if (!route) return json({ error: { code: "NotFound", message: `Nothing is at ${request.path}.` } }, 404);
  if (!isFromThePage(request, found))
    return json({ error: { code: "Forbidden", message: "Only the console's own page may ask this." } }, 403);
  try {
    return await route({ parts, request, query, session: found });
  } catch (error) {
    const status = error instanceof AwsError ? error.statusCode : 500;
    return json({ error: { code: errorCode(error), message: errorMessage(error) } }, status);
  }
};

const shellPage = (): HttpResponse => {
  const html = shell();
  if (html !== undefined) return page(html);
  const failure = buildFailure();
  return failure === undefined ? buildingPage() : buildFailedPage(failure);
};

const enter = (parts: ConsoleParts, request: HttpRequest, query: URLSearchParams): HttpResponse => {
  const cookie = parts.sessions.redeem(query.get("token") ?? "");
  if (cookie === undefined) return usedLinkPage();
  const to = query.get("to") ?? "";
  const where = `${CONSOLE_PATH}${/^\/[\w/.:%-]*$/.test(to) ? `#${to}` : ""}`;
  return enteringPage(cookiesOf(request, cookie, SESSION_SECONDS), where);
};

/**
 * A browser says of each request whose page made it. Other pages of this machine count as the same site, so the strict
 * cookie alone is not enough: what changes anything must carry the session's token, which only the page can read.
 */
const isFromThePage = (request: HttpRequest, { csrf }: Session): boolean => {
  const site = header(request.headers, "sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && !(site === "none" && request.method === "GET")) return false;
  const origin = header(request.headers, "origin");
  if (origin !== undefined && origin.replace(/^https?:\/\//, "") !== request.host) return false;
  return request.method === "GET" || sameSecret(header(request.headers, CSRF_HEADER) ?? "", csrf);
};
