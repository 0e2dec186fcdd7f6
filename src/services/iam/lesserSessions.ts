import type { Context } from "../../kernel/context.ts";
import { AwsError } from "../../kernel/errors.ts";

/**
 * AWS: what GetSessionToken gives without a second factor, and all that GetFederationToken gives, is no token for IAM.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
 */
export const refuseLesserSession = ({ principal, service }: Context): void => {
  if (service !== "iam") return;
  const lesser =
    principal.kind === "federatedUser" ||
    ("session" in principal && principal.session !== undefined && principal.session.mfaAt === undefined);
  if (lesser) throw new AwsError("InvalidClientTokenId", "The security token included in the request is invalid", 403);
};
