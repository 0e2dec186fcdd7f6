import { principalArn } from "../../../kernel/principal.ts";
import type { Evaluation, EvaluationRequest, PolicyType } from "./evaluate.ts";

type Denial = Exclude<Evaluation, { readonly decision: "allowed" }>;

/**
 * AWS's sentence for a denied request:
 * `User: ARN is not authorized to perform: ACTION on resource: ARN because no identity-based policy allows the ACTION action`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const accessDeniedMessage = (request: EvaluationRequest, denial: Denial): string =>
  `User: ${principalArn(request.principal)} is not authorized to perform: ${request.action}` +
  `${resourcePhrase(request, denial)} ${reason(request.action, denial)}`;

/** AWS: S3 puts the resource in quotes, and a refusal by a trust policy does not name the role. */
const resourcePhrase = ({ action, resource }: EvaluationRequest, { deniedBy }: Denial): string => {
  if (deniedBy === "trust") return "";
  return action.startsWith("s3:") ? ` on resource: "${resource}"` : ` on resource: ${resource}`;
};

const reason = (action: string, { decision, deniedBy }: Denial): string =>
  decision === "explicitDeny"
    ? `with an explicit deny in ${EXPLICIT[deniedBy]}`
    : `because no ${IMPLICIT[deniedBy]} allows the ${action} action`;

const EXPLICIT: Readonly<Record<PolicyType, string>> = {
  identity: "an identity-based policy",
  boundary: "a permissions boundary",
  session: "a session policy",
  resource: "a resource-based policy",
  key: "a resource-based policy",
  trust: "the role trust policy",
};

const IMPLICIT: Readonly<Record<PolicyType, string>> = {
  identity: "identity-based policy",
  boundary: "permissions boundary",
  session: "session policy",
  resource: "resource-based policy",
  key: "resource-based policy",
  trust: "role trust policy",
};
