import type { Constraint, ServiceConstraints } from "../../kernel/service.ts";
import constraints from "./constraints.generated.json" with { type: "json" };

/** The model's constraints, with enums in the order in which AWS's messages list them. */
export const checkedByModel = (): ServiceConstraints =>
  Object.fromEntries(
    Object.entries<Readonly<Record<string, Constraint>>>(constraints).map(([shape, members]) => [
      shape,
      Object.fromEntries(Object.entries(members).map(([name, rule]) => [name, reordered(rule)])),
    ]),
  );

const reordered = (rule: Constraint): Constraint => {
  const order = rule.enum && ORDERS.get([...rule.enum].sort().join());
  return order ? { ...rule, enum: order } : rule;
};

const ORDERS: ReadonlyMap<string, readonly string[]> = new Map(
  [
    "add remove move test replace copy",
    "PRIVATE EDGE REGIONAL",
    "HTTP MOCK AWS_PROXY HTTP_PROXY AWS",
    "RESPONSE_BODY RESPONSE METHOD MODEL AUTHORIZER RESPONSE_HEADER RESOURCE PATH_PARAMETER REQUEST_BODY QUERY_PARAMETER API REQUEST_HEADER",
    "REQUEST_TOO_LARGE RESOURCE_NOT_FOUND AUTHORIZER_CONFIGURATION_ERROR MISSING_AUTHENTICATION_TOKEN BAD_REQUEST_BODY INVALID_SIGNATURE INVALID_API_KEY BAD_REQUEST_PARAMETERS AUTHORIZER_FAILURE UNAUTHORIZED INTEGRATION_TIMEOUT ACCESS_DENIED DEFAULT_4XX DEFAULT_5XX WAF_FILTERED QUOTA_EXCEEDED THROTTLED API_CONFIGURATION_ERROR UNSUPPORTED_MEDIA_TYPE INTEGRATION_FAILURE EXPIRED_TOKEN",
  ].map((names) => {
    const order = names.split(" ");
    return [[...order].sort().join(), order];
  }),
);
