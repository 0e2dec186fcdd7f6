import { type FrontDoor, type HttpRequest, type HttpResponse, header } from "../kernel/http.ts";
import type { ConsoleParts } from "./parts.ts";
import { CONSOLE_PATH, GIT_PATH } from "./path.ts";

/**
 * A browser at `/` is sent to the console; what else asks for `/` wants its list of buckets.
 * The cookie's path is the console's own, so no application here ever sees it.
 */
export const consoleDoor =
  (parts: ConsoleParts): FrontDoor =>
  (request) => {
    if (!isOwnHost(request.host)) return undefined;
    if (request.path === "/" || `${request.path}/` === CONSOLE_PATH)
      return request.path !== "/" || isVisit(request) ? Promise.resolve(TO_CONSOLE) : undefined;
    if (!request.path.startsWith(CONSOLE_PATH)) return undefined;
    return import("./door.ts").then(({ answerConsole }) => answerConsole(parts, request));
  };

const TO_CONSOLE: HttpResponse = { status: 303, headers: { location: CONSOLE_PATH, vary: "accept" } };

const isVisit = ({ method, rawQuery, headers }: HttpRequest): boolean =>
  method === "GET" &&
  rawQuery === "" &&
  headers["authorization"] === undefined &&
  (header(headers, "accept") ?? "").includes("text/html");

/** Buckets, sites and APIs have hosts of their own, at which pages of others run. */
const isOwnHost = (host: string): boolean => !/\.(localhost|amazonaws\.com(\.cn)?)(:\d+)?$/i.test(host);

const DOCUMENTS = new Set(["document", "iframe", "frame", "embed", "object"]);

/**
 * A page that somebody's bucket or API serves at the console's own host must not pass for the console: it gets an origin
 * of its own. At hosts of their own, where browsers find them, they are what they are.
 */
export const sandboxed = (request: HttpRequest, response: HttpResponse): HttpResponse => {
  const destination = header(request.headers, "sec-fetch-dest");
  if (destination === undefined || !DOCUMENTS.has(destination)) return response;
  if (!isOwnHost(request.host) || request.path === "/" || OWN_PATHS.some((path) => request.path.startsWith(path)))
    return response;
  const given = response.headers["content-security-policy"];
  const policies = given === undefined ? [] : typeof given === "string" ? [given] : given;
  return { ...response, headers: { ...response.headers, "content-security-policy": [...policies, SANDBOX] } };
};

/** Pages that are the cloud's own, and have policies of their own. */
const OWN_PATHS = [CONSOLE_PATH, GIT_PATH];

const SANDBOX = "sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads";
