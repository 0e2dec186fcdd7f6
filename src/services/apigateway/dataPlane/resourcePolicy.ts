import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { RestApiRecord } from "../records.ts";
import type { Room } from "../room.ts";

/**
 * An API's policy as it is evaluated. AWS: resources may be named as `execute-api:/STAGE/METHOD/PATH`, which means the API
 * itself. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
export const resourcePolicyOf = (
  { partition, region, account }: Pick<Room, "partition" | "region" | "account">,
  { id, policy }: RestApiRecord,
): JsonObject | undefined => {
  if (!policy) return undefined;
  const document: unknown = JSON.parse(unescaped(policy));
  if (!isJsonObject(document)) return undefined;
  const own = `arn:${partition}:execute-api:${region}:${account}:${id}`;
  const full = (resource: JsonValue): JsonValue =>
    typeof resource === "string" ? resource.replace(/^execute-api:/, `${own}`) : resource;
  const statements = [document["Statement"] ?? []].flat().filter(isJsonObject);
  return {
    ...document,
    Statement: statements.map(({ Resource = "*", ...statement }) => ({
      ...statement,
      Resource: Array.isArray(Resource) ? Resource.map(full) : full(Resource),
    })),
  };
};

/** AWS answers policies with their quotes escaped, and takes them so. */
export const unescaped = (policy: string): string => (policy.startsWith("{\\") ? JSON.parse(`"${policy}"`) : policy);
