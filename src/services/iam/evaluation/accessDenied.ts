import { principalArn } from "../../../kernel/principal.ts";
import type { Evaluation, EvaluationRequest, PolicyType } from "./evaluate.ts";

type Denial = Exclude<Evaluation, { readonly decision: "allowed" }>;

/**
 * AWS's sentence for a denied request:
 * `User: ARN is not authorized to perform: ACTION on resource: ARN because no identity-based policy allows the ACTION action`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const accessDeniedMessage = ({ principal, action, resource }: EvaluationRequest, denial: Denial): string => {
  // AWS: who comes with a token is told neither who it is nor what it asked for.
  if (principal.kind === "federated") return `Not authorized to perform ${action}`;
  // AWS: S3 puts the resource in quotes.
  const place = action.startsWith("s3:") ? `"${resource}"` : resource;
  return `User: ${principalArn(principal)} is not authorized to perform: ${action} on resource: ${place}${reason(action, denial)}`;
};

/** AWS: STS gives no reason when a trust policy is silent, though the page above has one: a role does not tell whom it trusts. */
const reason = (action: string, { decision, deniedBy }: Denial): string => {
  if (decision === "explicitDeny") return ` with an explicit deny in ${EXPLICIT[deniedBy]}`;
  return deniedBy === "trust" ? "" : ` because no ${IMPLICIT[deniedBy]} allows the ${action} action`;
};

const EXPLICIT: Readonly<Record<PolicyType, string>> = {
  identity: "an identity-based policy",
  boundary: "a permissions boundary",
  session: "a session policy",
  resource: "a resource-based policy",
  key: "a resource-based policy",
  trust: "the role trust policy",
};

const IMPLICIT: Readonly<Record<Exclude<PolicyType, "trust">, string>> = {
  identity: "identity-based policy",
  boundary: "permissions boundary",
  session: "session policy",
  resource: "resource-based policy",
  key: "resource-based policy",
};
