import { Readable } from "node:stream";
import type { ServiceName } from "../kernel/aws.ts";
import { NotImplemented } from "../kernel/errors.ts";
import type { HttpRequest, HttpResponse, ServiceCall, ServiceRequest } from "../kernel/http.ts";
import type { Principal } from "../kernel/principal.ts";
import { serviceBySigningName, wireFacts } from "./facts.ts";
import { createHandlers, type HandlerParts } from "./handle.ts";

/**
 * Lets one service call another over its wire protocol, as API Gateway does for its integrations: what goes in and comes
 * out is the protocol's own text, and permissions are those of the principal.
 */
export const createServiceCall = (parts: Omit<HandlerParts, "authenticate" | "frontDoors">): ServiceCall => {
  const principals = new WeakMap<HttpRequest, Principal>();
  const { call: handle } = createHandlers({
    ...parts,
    frontDoors: [],
    authenticate: (request) => {
      const principal = principals.get(request);
      if (!principal) throw new Error("a call between services has no caller");
      return { principal, openBody: (stream) => stream };
    },
  });
  return (principal, call): Promise<HttpResponse> => {
    const request = requestOf(call);
    principals.set(request, principal);
    return handle(request);
  };
};

const requestOf = (call: ServiceRequest): HttpRequest => {
  // A table and its streams share the name they are signed for.
  const service = isService(call.service) ? call.service : serviceBySigningName(call.service, call.path);
  if (!service) throw new NotImplemented(`the service ${call.service}`);
  const { method, path, rawQuery, body, headers } = addressed(service, call);
  return {
    method,
    host: "127.0.0.1",
    path,
    rawQuery,
    headers: {
      ...headers,
      host: "127.0.0.1",
      "content-length": String(body.length),
      // Names the service and the region; who calls is known already.
      authorization: `AWS4-HMAC-SHA256 Credential=internal/00000000/${call.region}/${call.service}/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: Readable.from(body.length > 0 ? [body] : []),
    signal: call.signal,
  };
};

const isService = (name: string): name is ServiceName => Object.hasOwn(wireFacts, name);

/** An action is named as its service's protocol names it; a path speaks for itself. */
const addressed = (service: ServiceName, call: ServiceRequest) => {
  const { protocol, targetPrefix, apiVersion } = wireFacts[service];
  const { action, headers } = call;
  if (action === undefined) return call;
  if (protocol.startsWith("awsJson")) {
    const version = protocol === "awsJson1_0" ? "1.0" : "1.1";
    const type = headers["content-type"];
    const isForm = typeof type === "string" && type.startsWith("application/x-www-form-urlencoded");
    const target = { "x-amz-target": `${targetPrefix}.${action}` };
    const named = isForm ? {} : { ...target, "content-type": `application/x-amz-json-${version}` };
    return { ...call, method: "POST", path: "/", headers: { ...headers, ...named } };
  }
  const form = new URLSearchParams(call.body.toString());
  for (const [name, value] of new URLSearchParams(call.rawQuery)) form.set(name, value);
  form.set("Action", action);
  if (!form.has("Version")) form.set("Version", apiVersion);
  return {
    ...call,
    method: "POST",
    path: "/",
    rawQuery: "",
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(form.toString()),
  };
};
