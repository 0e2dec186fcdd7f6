import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { parsed, plain, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "ResourceNotFoundException";

/** A permission as it is now: one statement of its function's policy. */
export const readPermission = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const FunctionName = textOf(given, "FunctionName");
  if (FunctionName === undefined) return undefined;
  const Id = textOf(given, "Id") ?? physicalId;
  const found = await unlessMissing(ctx.call("lambda", "GetPolicy", { FunctionName }), GONE);
  const statement = statementsOf(parsed(found?.Policy)).find(({ Sid }) => Sid === Id);
  if (!statement) return undefined;
  const {
    StringEquals = {},
    ArnLike = {},
    Bool = {},
  } = isJsonObject(statement["Condition"]) ? statement["Condition"] : {};
  const viaUrl = memberOf(Bool, "lambda:InvokedViaFunctionUrl");
  const properties = plain({
    FunctionName,
    Action: statement["Action"],
    Principal: principalOf(statement["Principal"], given["Principal"]),
    SourceArn: memberOf(ArnLike, "AWS:SourceArn"),
    SourceAccount: memberOf(StringEquals, "AWS:SourceAccount"),
    EventSourceToken: memberOf(StringEquals, "lambda:EventSourceToken"),
    PrincipalOrgID: memberOf(StringEquals, "aws:PrincipalOrgID"),
    FunctionUrlAuthType: memberOf(StringEquals, "lambda:FunctionUrlAuthType"),
    InvokedViaFunctionUrl: viaUrl === undefined ? undefined : viaUrl === "true",
  });
  return { physicalId: Id, attributes: { Id }, properties, unread: [] };
};

/** The statements of a policy. */
export const statementsOf = (policy: JsonValue | undefined): readonly JsonObject[] => {
  const statements = isJsonObject(policy) ? policy["Statement"] : [];
  return Array.isArray(statements) ? statements.filter(isJsonObject) : [];
};

/** A member of what may be an object. */
export const memberOf = (of: JsonValue | undefined, name: string): JsonValue | undefined =>
  of !== undefined && isJsonObject(of) ? of[name] : undefined;

/** AWS: an account that was given by its number stands in the policy as its root. */
export const principalOf = (principal: JsonValue | undefined, given: JsonValue | undefined): JsonValue | undefined => {
  if (!isJsonObject(principal)) return principal;
  const actual = principal["Service"] ?? principal["AWS"];
  const isAccount = typeof given === "string" && String(actual).endsWith(`::${given}:root`);
  return isAccount ? given : actual;
};
