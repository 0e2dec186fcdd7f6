import { DAY_MS } from "../../../kernel/clock.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import {
  incompatiblePolicies,
  invalidPolicyAttribute,
  invalidPolicyType,
  tooManyPolicies,
  validation,
} from "../errors.ts";
import { MAX_POLICIES } from "../limits.ts";

// https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html

/** What is to happen to a parameter some time after a version of it was written. */
export interface ParameterPolicy {
  readonly type: PolicyType;
  readonly text: string;
  /** When, for a version of that time, in milliseconds since the epoch. */
  dueAt(modifiedAt: number): number;
}

export type PolicyType = "Expiration" | "ExpirationNotification" | "NoChangeNotification";

/** The policies of a text. Throws what Parameter Store says of those that are none. AWS: an empty one takes away all. */
export const policiesFrom = (text: string): readonly ParameterPolicy[] => {
  const documents = documentsIn(text).filter((document) => Object.keys(document).length > 0);
  if (documents.length > MAX_POLICIES) throw tooManyPolicies();
  const expirations = documents.filter(({ Type }) => Type === "Expiration");
  const [expiration] = expirations;
  const tellsBefore = documents.some(({ Type }) => Type === "ExpirationNotification");
  if (expirations.length > 1 || (tellsBefore && !expiration)) throw incompatiblePolicies();
  const expiresAt = expiration ? timestampOf(expiration) : 0;
  return documents.map((document) => policyFrom(document, expiresAt));
};

const documentsIn = (text: string): readonly JsonObject[] => {
  const parsed = parse(text);
  const list = Array.isArray(parsed) ? parsed : [parsed];
  if (!list.every(isJsonObject)) throw invalidText();
  return list;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidText();
  }
};

const invalidText = () => validation("The policy text provided is not valid JSON.");

const policyFrom = (document: JsonObject, expiresAt: number): ParameterPolicy => {
  const text = JSON.stringify(document);
  const { Type: type } = document;
  switch (type) {
    case "Expiration":
      return { type, text, dueAt: () => expiresAt };
    case "ExpirationNotification": {
      const before = durationOf(document, "Before");
      return { type, text, dueAt: () => expiresAt - before };
    }
    case "NoChangeNotification": {
      const after = durationOf(document, "After");
      return { type, text, dueAt: (modifiedAt) => modifiedAt + after };
    }
    default:
      throw invalidPolicyType();
  }
};

const attributesOf = ({ Attributes }: JsonObject): JsonObject => {
  if (!isJsonObject(Attributes)) throw invalidPolicyAttribute();
  return Attributes;
};

const timestampOf = (document: JsonObject): number => {
  const { Timestamp } = attributesOf(document);
  const time =
    typeof Timestamp === "string" && /^\d{4}-\d{2}-\d{2}T/.test(Timestamp) ? Date.parse(Timestamp) : Number.NaN;
  if (Number.isNaN(time)) throw invalidPolicyAttribute();
  return time;
};

const UNITS_MS = new Map<unknown, number>([
  ["Days", DAY_MS],
  ["Hours", DAY_MS / 24],
]);

const durationOf = (document: JsonObject, name: "Before" | "After"): number => {
  const { Unit, [name]: count } = attributesOf(document);
  const unit = UNITS_MS.get(Unit);
  if (unit === undefined || !/^[1-9]\d{0,8}$/.test(String(count))) throw invalidPolicyAttribute();
  return Number(count) * unit;
};
