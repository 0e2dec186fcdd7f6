import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * AWS: API Gateway's management is allowed by HTTP method and path, such as `apigateway:GET` on `/apis/ID`.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html and `…managementv2.html`
 */
export const managementAction =
  <I>(method: HttpMethod, path: (input: I) => string) =>
  (_room: unknown, ctx: Context, input: I): AuthorizationRequest => ({
    action: `apigateway:${method}`,
    resource: `arn:${ctx.partition}:apigateway:${ctx.region}::${path(input)}`,
  });
