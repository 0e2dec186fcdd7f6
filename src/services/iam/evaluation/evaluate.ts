import type { Principal } from "../../../kernel/principal.ts";
import { type ArnText, arnText } from "./arnPattern.ts";
import type { CompiledPolicy } from "./compile.ts";
import type { ConditionContext } from "./pattern.ts";
import type { PrincipalMatch } from "./principalPattern.ts";

/** Where a policy is attached. A `trust` or `key` policy must itself allow; beside a `resource` policy an identity's suffices. */
export type PolicyType = "identity" | "boundary" | "session" | "resource" | "trust" | "key";

/** A policy that applies to a request, and the name or ARN it is known by. */
export interface AttachedPolicy {
  readonly source: string;
  readonly policy: CompiledPolicy;
}

/** The policies that apply to a request, by what they are attached to. */
export interface ApplicablePolicies {
  readonly identity: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy | undefined;
  /** Policies passed when the session was made; absent when none were. An action needs the allow of one of them. */
  readonly session?: readonly AttachedPolicy[] | undefined;
  readonly resource?: (AttachedPolicy & { readonly type: "resource" | "trust" | "key" }) | undefined;
}

/** One action on one resource. A call that touches several resources is as many requests. */
export interface EvaluationRequest {
  readonly principal: Principal;
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** An ARN, or `*` where the action has no resource. */
  readonly resource: string;
  readonly context: ConditionContext;
  /** The account that owns the resource; the caller's when absent. */
  readonly resourceAccount?: string | undefined;
}

/** A statement that spoke of the request. */
export interface MatchedStatement {
  readonly type: PolicyType;
  readonly source: string;
  readonly effect: "Allow" | "Deny";
  readonly index: number;
  readonly sid: string | undefined;
}

/** The decision. `deniedBy` is the kind of policy that denied, or that did not allow. */
export type Evaluation =
  | { readonly decision: "allowed"; readonly matched: readonly MatchedStatement[] }
  | {
      readonly decision: "explicitDeny" | "implicitDeny";
      readonly deniedBy: PolicyType;
      readonly matched: readonly MatchedStatement[];
    };

/**
 * Decides a request as AWS does: an explicit deny anywhere wins; within one account, what an identity's or the resource's
 * policy allows; across accounts, what both do; and no more than the boundary and the session's policies allow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export const evaluate = (request: EvaluationRequest, policies: ApplicablePolicies): Evaluation => {
  const findings = find(request, policies);
  const { matched } = findings;
  if (findings.deniedBy !== undefined) return { decision: "explicitDeny", deniedBy: findings.deniedBy, matched };
  const missing = missingAllow(request, policies, findings);
  return missing === undefined
    ? { decision: "allowed", matched }
    : { decision: "implicitDeny", deniedBy: missing, matched };
};

interface Findings {
  readonly matched: MatchedStatement[];
  deniedBy: PolicyType | undefined;
  identity: boolean;
  boundary: boolean;
  session: boolean;
  /** The strongest way in which the resource's policy allows the caller. */
  resource: PrincipalMatch;
}

/** Asks every policy that applies. Of several kinds that deny, the message names the first in this order. */
const find = (request: EvaluationRequest, policies: ApplicablePolicies): Findings => {
  const findings: Findings = {
    matched: [],
    deniedBy: undefined,
    identity: false,
    boundary: false,
    session: false,
    resource: "none",
  };
  const arn = arnText(request.resource);
  // Nothing is attached to nobody, nor to an AWS service acting for itself.
  if (hasIdentity(request.principal)) {
    findings.identity = askAll("identity", policies.identity, request, arn, findings);
    if (policies.boundary) findings.boundary = askAll("boundary", [policies.boundary], request, arn, findings);
    if (policies.session) findings.session = askAll("session", policies.session, request, arn, findings);
  }
  findings.resource = askResource(request, policies, arn, findings);
  return findings;
};

const hasIdentity = ({ kind }: Principal): boolean => kind === "user" || kind === "role" || kind === "federatedUser";

const askAll = (
  type: PolicyType,
  attached: readonly AttachedPolicy[],
  { action, context }: EvaluationRequest,
  arn: ArnText,
  findings: Findings,
): boolean => {
  let allowed = false;
  for (const { policy, source } of attached) {
    for (const statement of policy.statementsFor(action)) {
      if (!statement.covers(arn, context) || !statement.holds(context)) continue;
      const { effect, index, sid } = statement;
      findings.matched.push({ type, source, effect, index, sid });
      if (effect === "Allow") allowed = true;
      else findings.deniedBy ??= type;
    }
  }
  return allowed;
};

const STRENGTH = { none: 0, account: 1, role: 2, direct: 3 } as const;

const askResource = (
  { principal, action, context }: EvaluationRequest,
  { resource, boundary }: ApplicablePolicies,
  arn: ArnText,
  findings: Findings,
): PrincipalMatch => {
  let strongest: PrincipalMatch = "none";
  if (resource === undefined) return strongest;
  const { type, source } = resource;
  for (const statement of resource.policy.statementsFor(action)) {
    const match = statement.names(principal, boundary !== undefined);
    if (match === "none" || !statement.covers(arn, context) || !statement.holds(context)) continue;
    const { effect, index, sid } = statement;
    findings.matched.push({ type, source, effect, index, sid });
    if (effect === "Deny") findings.deniedBy ??= type;
    else if (STRENGTH[match] > STRENGTH[strongest]) strongest = match;
  }
  return strongest;
};

/** The kind of policy whose allow the request lacks, if any. */
const missingAllow = (
  { principal, resourceAccount }: EvaluationRequest,
  policies: ApplicablePolicies,
  findings: Findings,
): PolicyType | undefined => {
  const resourceType = policies.resource?.type ?? "resource";
  const granted = findings.resource;
  if (principal.kind === "service" || principal.kind === "federated" || principal.kind === "anonymous") {
    return granted === "none" ? resourceType : undefined;
  }
  const foreign = resourceAccount !== undefined && resourceAccount !== principal.account;
  const mustGrant = foreign || resourceType !== "resource";
  if (mustGrant && granted === "none") return resourceType;
  if (principal.kind === "root") return undefined;
  if (!foreign && granted === "direct") return undefined;
  // AWS: within an account, naming the role spares it the identity policy, but neither boundary nor session policies.
  const identitySpared = (!foreign && granted === "role") || isLetInByRoot(principal);
  if (!identitySpared && !findings.identity) return "identity";
  if (policies.boundary && !findings.boundary) return "boundary";
  if (policies.session && !findings.session) return "session";
  return undefined;
};

/** AWS: no identity's policy binds a root, nor whom it lets in: those are bound by their session's policies. */
const isLetInByRoot = (principal: Principal): boolean =>
  principal.kind === "federatedUser" && principal.federatedBy.kind === "root";
