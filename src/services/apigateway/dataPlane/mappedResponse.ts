import type { Overrides } from "../../../engines/gateway/vtl/render.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import { CONFIGURATION, failed } from "./gatewayAnswer.ts";
import { mappedValue, quoted, textAt } from "./mapping.ts";
import { acceptedForm, converted, payload } from "./payload.ts";
import { remappedHeaders } from "./remappedHeaders.ts";
import { headerOf, isBinary, type MethodRequest } from "./request.ts";
import { render, templateFor } from "./templates.ts";

/** What a backend that is no proxy said, before its integration response shapes it. */
export interface BackendAnswer {
  /** What selection patterns are held against: the status, or a function's error message. */
  readonly selection: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The response that an integration response makes of a backend's answer, and of what the request's template has set. */
export const mappedResponse = (request: MethodRequest, answer: BackendAnswer, requested: Overrides): HttpResponse => {
  const responses = Object.values(request.match.target.integration.integrationResponses ?? {});
  const chosen =
    responses.find(({ selectionPattern: pattern }) => pattern && matches(pattern, answer.selection)) ??
    responses.find(({ selectionPattern }) => !selectionPattern);
  // AWS: an answer that no response is there for is a fault of the API.
  if (!chosen) {
    const status = `Endpoint Response Status Code: ${answer.selection}`;
    const why = `No match for output mapping and no default endpoint response configured. ${status}`;
    return failed(request, "API_CONFIGURATION_ERROR", `${CONFIGURATION}${why}`);
  }
  const mapped = Object.entries(chosen.responseParameters ?? {}).flatMap(([key, source]) => {
    const [, name] = /^method\.response\.header\.(.+)$/.exec(key) ?? [];
    const value = answeredValue(answer, source) ?? mappedValue(request, source);
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value] as const];
  });
  const { responseTemplates = {}, contentHandling } = chosen;
  const [firstType, firstTemplate] = Object.entries(responseTemplates)[0] ?? [];
  const accepted = headerOf(request, "accept")?.split(",")[0];
  const template = templateFor(responseTemplates, accepted) ?? firstTemplate;
  const { binaryMediaTypes } = request.table.snapshot;
  const given = payload(answer.body, isBinary(binaryMediaTypes, answer.headers["content-type"]));
  const body = converted(given, contentHandling ?? acceptedForm(isBinary(binaryMediaTypes, accepted)));
  if (!body) return failed(request, "API_CONFIGURATION_ERROR", `${CONFIGURATION}Unable to base64 decode the body.`);
  // AWS: templates are for texts alone.
  const isTransformed = template !== undefined && !body.isBinary;
  const made = isTransformed ? render(template, request, body.bytes.toString(), requested) : undefined;
  if (template !== undefined && !made) {
    return failed(request, "API_CONFIGURATION_ERROR", `${CONFIGURATION}Unable to transform response`);
  }
  const overridden = (made?.overrides ?? requested).response;
  return {
    status: overridden.status ?? Number(chosen.statusCode ?? 200),
    headers: {
      "content-type": firstType ?? answer.headers["content-type"] ?? "application/json",
      ...remappedHeaders(Object.fromEntries(mapped)),
      ...remappedHeaders(overridden.header),
    },
    body: made?.text ?? body.bytes,
  };
};

/** AWS: a pattern must cover the whole text, which may go over several lines. */
const matches = (pattern: string, text: string): boolean => new RegExp(`^(?:${pattern})$`, "s").test(text);

/** `integration.response.header.NAME`, `integration.response.body.PATH`, or a text in quotes. */
const answeredValue = ({ headers, body }: BackendAnswer, source: string): string | undefined => {
  const [, kind, name = ""] = /^integration\.response\.(header|multivalueheader|body)\.?(.*)$/s.exec(source) ?? [];
  if (kind === undefined) return quoted(source);
  return kind === "body" ? textAt(body.toString(), name) : headers[name.toLowerCase()];
};
