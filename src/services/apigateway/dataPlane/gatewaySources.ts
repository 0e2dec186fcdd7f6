import { contextOf, valueAt } from "./context.ts";
import { asText, quoted } from "./mapping.ts";
import { type MethodRequest, queryPairs, type StagedRequest } from "./request.ts";

/** A request that the gateway answers itself, of which more may be known, or not. */
export type AnsweredRequest = StagedRequest & Partial<Omit<MethodRequest, keyof StagedRequest>>;

/**
 * What gateway responses may speak of: `context.…`, `stageVariables.…` and a request's own parameters, whether a method was
 * found for it or not. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export const gatewaySource = (request: AnsweredRequest, source: string): string | undefined => {
  const [, kind, name = ""] = SOURCE.exec(source) ?? [];
  switch (kind) {
    case "context":
      return asText(valueAt(contextOf(request), name));
    case "stageVariables":
      return request.table.stage.variables?.[name];
    case "method.request.header":
      return joined(request.http.headers[name.toLowerCase()]);
    case "method.request.querystring":
      return queryPairs(request.http.rawQuery).findLast(([key]) => key === name)?.[1];
    case "method.request.path":
      return request.match?.parameters?.[name];
    default:
      return quoted(source);
  }
};

const SOURCE = /^(context|stageVariables|method\.request\.(?:header|querystring|path))\.(.+)$/s;

const joined = (value: string | readonly string[] | undefined): string | undefined =>
  value === undefined ? undefined : [value].flat().join(",");

/** A template with its variables filled in; what is not there is empty. */
export const filledTemplate = (
  request: AnsweredRequest,
  template: string,
  own: Readonly<Record<string, string>>,
): string => template.replace(VARIABLE, (_, name: string) => own[name] ?? gatewaySource(request, name) ?? "");

const VARIABLE =
  /\$(context\.[A-Za-z.]*[A-Za-z]|stageVariables\.\w+|method\.request\.(?:header|querystring|path)\.[\w-]+)/g;
