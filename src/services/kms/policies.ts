import { malformedPolicy } from "./errors.ts";

/** AWS: the account decides by its own policies, until the key's policy says otherwise. */
export const defaultPolicy = ({ partition, account }: Readonly<Record<"partition" | "account", string>>): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });

export const checkedPolicy = (policy: string): string => {
  try {
    const document: unknown = JSON.parse(policy);
    if (typeof document === "object" && document !== null && "Statement" in document) return policy;
  } catch {
    // Not JSON: refused below.
  }
  throw malformedPolicy();
};
