import type { PolicyRecord } from "./records.ts";

/** A function's resource policy as IAM reads it, and GetPolicy shows it. */
export const policyDocument = ({ statements }: PolicyRecord) => ({
  Version: "2012-10-17",
  Id: "default",
  Statement: statements.map(({ Condition, ...statement }) =>
    Condition ? { ...statement, Condition } : { ...statement },
  ),
});
