import { isJsonObject, type JsonObject, type JsonValue } from "./json.ts";

/** The statements of a policy, one or many. */
export const statementsOf = (policy: JsonObject): readonly JsonObject[] =>
  listOf(policy["Statement"]).filter((statement) => isJsonObject(statement));

/** A value that policies write alone or in a list. */
export const listOf = (value: JsonValue | undefined): readonly JsonValue[] => {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
};

// Array.isArray does not narrow readonly arrays.
const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/**
 * Whether a resource's policy lets in anyone: an Allow for every principal that no condition holds to fixed accounts,
 * networks or organizations.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export const isPublicPolicy = (policy: JsonObject): boolean => statementsOf(policy).some(isPublicStatement);

export const isPublicStatement = (statement: JsonObject): boolean =>
  statement["Effect"] === "Allow" && namesEveryone(statement) && !isNarrowed(statement["Condition"]);

const namesEveryone = (statement: JsonObject): boolean => {
  if ("NotPrincipal" in statement) return true;
  const principal = statement["Principal"];
  if (principal === "*") return true;
  return isJsonObject(principal) && listOf(principal["AWS"]).some((each) => each === "*");
};

const isNarrowed = (condition: JsonValue | undefined): boolean =>
  isJsonObject(condition) &&
  Object.entries(condition).some(
    ([operator, keys]) =>
      NARROWING_OPERATORS.test(operator) && isJsonObject(keys) && Object.entries(keys).some(isFixed),
  );

const NARROWING_OPERATORS =
  /^(?:ForAnyValue:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like)|IpAddress)$/;

const NARROWING_KEYS: ReadonlySet<string> = new Set([
  "aws:sourceip",
  "aws:sourcearn",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceowner",
  "aws:sourceaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:userid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
]);

/** A key that AWS takes as fixing who asks, with values that are neither wildcards nor the whole network. */
const isFixed = ([key, values]: readonly [string, JsonValue]): boolean =>
  NARROWING_KEYS.has(key.toLowerCase()) &&
  listOf(values).every(
    (value) => typeof value === "string" && !/^\*+$|^0\.0\.0\.0\/[0-7]$|^::\/\d$/.test(value) && !value.includes("${"),
  );
