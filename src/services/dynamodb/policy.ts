import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { invalidParameter, validationError } from "./errors.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html */
const MAX_POLICY_BYTES = 20 * 1024;

/** A resource policy as it was given. Throws ValidationException when it is not a policy. */
export const readPolicy = (document: string): JsonObject => {
  if (Buffer.byteLength(document) > MAX_POLICY_BYTES)
    throw invalidParameter("The resource-based policy exceeds the maximum size of 20 KB");
  const policy = parsed(document);
  if (!isJsonObject(policy) || !policy["Statement"])
    throw validationError("Invalid policy document: Syntax errors in policy.");
  return policy;
};

/** AWS: revisions are numbers that grow with time. */
export const revisionAfter = (before: string | undefined, now: number): string =>
  String(before !== undefined && Number(before) >= now ? Number(before) + 1 : now);

const parsed = (document: string): unknown => {
  try {
    return JSON.parse(document);
  } catch {
    throw validationError("Invalid policy document: Syntax errors in policy.");
  }
};
