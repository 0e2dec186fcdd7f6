import { FailedTemplate, type Overrides, type Rendered, renderTemplate } from "../../../engines/gateway/vtl/render.ts";
import { templateFault, templateOf } from "../../../engines/gateway/vtl/templateOf.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";
import { contextOf } from "./context.ts";
import { lastAndAll, type MethodRequest, queryPairs } from "./request.ts";

/** The template for a content type. AWS: `application/json` stands for a request without a type. */
export const templateFor = (
  templates: Readonly<Record<string, string>> | undefined,
  contentType: string | undefined,
): string | undefined => {
  const type = mediaType(contentType) ?? "application/json";
  return Object.entries(templates ?? {}).find(([key]) => mediaType(key) === type)?.[1];
};

export const mediaType = (contentType: string | undefined): string | undefined =>
  contentType?.split(";", 1)[0]?.trim().toLowerCase();

/** Refuses a template that cannot be read. */
export const checkTemplate = (template: string): void => {
  const fault = templateFault(template);
  if (fault !== undefined) throw badRequest(fault);
};

/** AWS: to a template, what is not known of a caller is an empty text. */
const withoutNulls = (context: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(context).map(([name, value]) => [name, isJsonObject(value) ? withoutNulls(value) : (value ?? "")]),
  );

/** AWS: a template is told whether a canary answers, where a stage has one, and not of the endpoint's request. */
const contextOfTemplates = (request: MethodRequest): JsonObject => {
  const { awsEndpointRequestId: _, ...context } = withoutNulls(contextOf(request));
  const { canary, isCanary = false } = request.table;
  return canary || isCanary ? { ...context, isCanaryRequest: isCanary } : context;
};

/**
 * Evaluates a template over a request, and the body that is being mapped: the request's own, or a backend's. Undefined
 * where it cannot be.
 */
export const render = (
  template: string,
  request: MethodRequest,
  body: string,
  earlier?: Overrides,
): Rendered | undefined => {
  try {
    return rendered(template, request, body, earlier);
  } catch (error) {
    if (error instanceof FailedTemplate) return undefined;
    throw error;
  }
};

const rendered = (template: string, request: MethodRequest, body: string, earlier: Overrides | undefined): Rendered =>
  renderTemplate(templateOf(template), {
    body,
    ...(earlier ? { earlier } : {}),
    parameters: {
      path: request.match.parameters ?? {},
      querystring: lastAndAll(queryPairs(request.http.rawQuery)).last ?? {},
      header: lastAndAll(request.headers).last ?? {},
    },
    context: contextOfTemplates(request),
    stageVariables: request.table.stage.variables ?? {},
  });
