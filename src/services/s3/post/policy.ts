import { AwsError } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import { accessDenied } from "../errors.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html

/** How many bytes the file of a form may have. */
export interface SizeRange {
  readonly min: number;
  readonly max: number;
}

/**
 * Holds a form against its policy: not over yet, every condition met, no field without a condition. Answers the sizes
 * the file may have, where the policy says so.
 */
export const checkPolicy = (
  encoded: string,
  fields: ReadonlyMap<string, string>,
  bucket: string,
  now: number,
): SizeRange | undefined => {
  const { expiration, conditions } = parsed(encoded);
  if (Date.parse(expiration) < now) throw violated("Policy expired.");
  const fieldOf = (name: string) => (name === "bucket" ? bucket : fields.get(name));
  const spokenOf = new Set(ALWAYS);
  let range: SizeRange | undefined;
  for (const condition of conditions.map(tripleOf)) {
    const [operator, subject, value] = condition;
    if (operator === "content-length-range") {
      range = { min: Number(subject), max: Number(value) };
      if (Number.isNaN(range.min) || Number.isNaN(range.max)) throw failed(condition);
      continue;
    }
    const name = /^\$(.+)$/.exec(subject)?.[1]?.toLowerCase();
    if (name === undefined) throw failed(condition);
    spokenOf.add(name);
    const given = fieldOf(name) ?? "";
    const holds = operator === "eq" ? given === value : operator === "starts-with" && startsWith(name, given, value);
    if (!holds) throw failed(condition);
  }
  const extra = [...fields.keys()].filter((name) => !spokenOf.has(name) && !name.startsWith("x-ignore-"));
  if (extra.length > 0) throw violated(`Extra input fields: ${extra.join(", ")}`);
  return range;
};

const ALWAYS = ["policy", "file", "x-amz-signature", "signature", "awsaccesskeyid", "x-amz-security-token"];

/** AWS: a content type is a list, of which each member must begin so. */
const startsWith = (name: string, given: string, prefix: string): boolean =>
  (name === "content-type" ? given.split(",") : [given]).every((each) => each.trim().startsWith(prefix));

interface Policy {
  readonly expiration: string;
  readonly conditions: readonly JsonValue[];
}

const parsed = (encoded: string): Policy => {
  const policy = jsonOf(Buffer.from(encoded, "base64").toString("utf8"));
  if (!isJsonObject(policy)) throw invalidPolicy("Invalid JSON.");
  const { expiration, conditions } = policy;
  if (typeof expiration !== "string") throw invalidPolicy("Policy missing expiration.");
  if (!INSTANT.test(expiration) || Number.isNaN(Date.parse(expiration)))
    throw invalidPolicy(`Invalid 'expiration' value: '${expiration}'`);
  if (!Array.isArray(conditions)) throw invalidPolicy("Policy missing conditions.");
  return { expiration, conditions };
};

/** AWS: a time in ISO 8601, in UTC. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidPolicy("Invalid JSON.");
  }
};

type Triple = readonly [operator: string, subject: string, value: string];

/** A condition in its long form: `{"acl": "private"}` is `["eq", "$acl", "private"]`. */
const tripleOf = (condition: JsonValue): Triple => {
  if (Array.isArray(condition)) {
    const [operator, subject, value] = condition.map(String);
    if (operator === undefined || subject === undefined || value === undefined)
      throw invalidPolicy("Invalid Condition.");
    return [operator.toLowerCase(), subject, value];
  }
  const entries = isJsonObject(condition) ? Object.entries(condition) : [];
  const [entry] = entries;
  if (entries.length !== 1 || !entry) {
    throw invalidPolicy("Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
  }
  return ["eq", `$${entry[0]}`, String(entry[1])];
};

const invalidPolicy = (what: string) => new AwsError("InvalidPolicyDocument", `Invalid Policy: ${what}`, 400);

const violated = (what: string) => accessDenied(`Invalid according to Policy: ${what}`);

const failed = (condition: Triple) => violated(`Policy Condition failed: [${condition.map(quotedJson).join(", ")}]`);

const quotedJson = (text: string): string => JSON.stringify(text);
