import type { JsonObject } from "../../kernel/json.ts";
import type { PolicyRecord } from "./records.ts";

/** A function's resource policy as IAM reads it, and GetPolicy shows it. */
export const policyDocument = ({ statements, head = DEFAULT_HEAD }: PolicyRecord): JsonObject => ({
  ...head,
  Statement: statements.map(({ Condition, ...statement }) =>
    Condition === undefined ? { ...statement } : { ...statement, Condition },
  ),
});

const DEFAULT_HEAD: JsonObject = { Version: "2012-10-17", Id: "default" };
