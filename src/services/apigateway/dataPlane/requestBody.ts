import { noOverrides, type Overrides } from "../../../engines/gateway/vtl/render.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import { CONFIGURATION, failed } from "./gatewayAnswer.ts";
import { converted, payload } from "./payload.ts";
import { headerOf, isBinary, type MethodRequest } from "./request.ts";
import { render, templateFor } from "./templates.ts";

/** What goes to a backend that is no proxy. */
export interface MappedBody {
  readonly bytes: Buffer;
  readonly overrides: Overrides;
  /** Of a body that a template made. */
  readonly contentType: string | undefined;
}

/** The body a method's templates make of the request, or the answer to one that they cannot take. */
export const mappedBody = (request: MethodRequest): MappedBody | { readonly refused: HttpResponse } => {
  const {
    requestTemplates = {},
    passthroughBehavior = "WHEN_NO_MATCH",
    contentHandling,
  } = request.match.target.integration;
  const contentType = headerOf(request, "content-type");
  const given = payload(request.bytes, isBinary(request.table.snapshot.binaryMediaTypes, contentType));
  const body = converted(given, contentHandling);
  if (!body) return misconfigured(request, "Unable to base64 decode the body.");
  const template = templateFor(requestTemplates, contentType);
  if (template === undefined) {
    const hasTemplates = Object.keys(requestTemplates).length > 0;
    const passes = passthroughBehavior === "WHEN_NO_MATCH" || (passthroughBehavior !== "NEVER" && !hasTemplates);
    return passes ? { bytes: body.bytes, overrides: noOverrides, contentType: undefined } : unsupported(request);
  }
  // AWS: templates are for texts alone.
  if (body.isBinary) return misconfigured(request, UNTRANSFORMED);
  const made = render(template, request, body.bytes.toString());
  if (!made) return misconfigured(request, UNTRANSFORMED);
  const { text, overrides } = made;
  return { bytes: Buffer.from(text), overrides, contentType: contentType ?? "application/json" };
};

const UNTRANSFORMED = "Unable to transform request";

const misconfigured = (request: MethodRequest, why: string) => ({
  refused: failed(request, "API_CONFIGURATION_ERROR", `${CONFIGURATION}${why}`),
});

/** AWS: a content type that has no template, and may not pass without one. */
const unsupported = (request: MethodRequest) => ({
  refused: failed(request, "UNSUPPORTED_MEDIA_TYPE", "Unsupported media type in the request"),
});
