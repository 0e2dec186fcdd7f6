import { noOverrides, type Overrides } from "../../../engines/gateway/vtl/render.ts";
import { headerOf, isBinary, type MethodRequest } from "./request.ts";
import { render, templateFor } from "./templates.ts";

/** What goes to a backend that is no proxy. */
export interface MappedBody {
  readonly bytes: Buffer;
  readonly overrides: Overrides;
  /** Of a body that a template made. */
  readonly contentType: string | undefined;
}

/**
 * The body a method's templates make of the request; undefined where the content type has no template and may not pass
 * without one, which is AWS's 415.
 */
export const mappedBody = (request: MethodRequest): MappedBody | undefined => {
  const { requestTemplates = {}, passthroughBehavior = "WHEN_NO_MATCH" } = request.match.target.integration;
  const contentType = headerOf(request, "content-type");
  const template = templateFor(requestTemplates, contentType);
  if (template === undefined) {
    const hasTemplates = Object.keys(requestTemplates).length > 0;
    const passes = passthroughBehavior === "WHEN_NO_MATCH" || (passthroughBehavior !== "NEVER" && !hasTemplates);
    return passes ? { bytes: handled(request), overrides: noOverrides, contentType: undefined } : undefined;
  }
  const { text, overrides } = render(template, request, handled(request).toString());
  return { bytes: Buffer.from(text), overrides, contentType: contentType ?? "application/json" };
};

/** AWS: binary bodies become base64 where text is asked for, and base64 texts bytes where binary is. */
const handled = (request: MethodRequest): Buffer => {
  const { bytes, table, match } = request;
  const binary = isBinary(table.snapshot.binaryMediaTypes, headerOf(request, "content-type"));
  return converted(bytes, binary, match.target.integration.contentHandling);
};

export const converted = (bytes: Buffer, binary: boolean, handling: string | undefined): Buffer => {
  if (handling === "CONVERT_TO_TEXT" && binary) return Buffer.from(bytes.toString("base64"));
  return handling === "CONVERT_TO_BINARY" && !binary ? Buffer.from(bytes.toString(), "base64") : bytes;
};
