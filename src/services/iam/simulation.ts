import type { PolicySourceType } from "@aws-sdk/client-iam";
import type { Principal } from "../../kernel/principal.ts";
import { contextKeysOf } from "./contextKeys.ts";
import { checkIdentityPolicy } from "./documents.ts";
import { invalidInput } from "./errors.ts";
import { compilePolicyText } from "./evaluation/compile.ts";
import { type AttachedPolicy, type Evaluation, evaluate, type MatchedStatement } from "./evaluation/evaluate.ts";
import type { StatementSpan } from "./evaluation/positions.ts";
import { resourcePolicyFault } from "./evaluation/validateResource.ts";

/** A policy to simulate with, under the name that results give it. */
export interface SimulatedPolicy {
  readonly id: string;
  readonly document: string;
}

/** What is simulated: every action on every resource. */
export interface Simulation {
  readonly principal: Principal;
  readonly identity: readonly SimulatedPolicy[];
  readonly boundary?: SimulatedPolicy | undefined;
  readonly input: SimulationInput;
}

/** The members that both simulating operations share. */
export interface SimulationInput {
  readonly ActionNames: readonly string[];
  readonly ResourceArns?: readonly string[] | undefined;
  readonly ResourcePolicy?: string | undefined;
  readonly ResourceOwner?: string | undefined;
  readonly ContextEntries?:
    | readonly {
        readonly ContextKeyName?: string | undefined;
        readonly ContextKeyValues?: readonly string[] | undefined;
      }[]
    | undefined;
}

/** Policies given with the request, numbered as AWS numbers them. */
export const inputPolicies = (documents: readonly string[] | undefined, list: string): readonly SimulatedPolicy[] =>
  (documents ?? []).map((document, index) => {
    checkIdentityPolicy(document, "inline");
    return { id: `${list}.${index + 1}`, document };
  });

/** The result of every action on every resource, in the order they were asked. */
export const simulate = async (simulation: Simulation) => {
  const { input, identity, boundary } = simulation;
  checkResourcePolicy(input.ResourcePolicy);
  const policies = [...identity, ...(boundary ? [boundary] : [])];
  const spans = await spansOf(policies, input.ResourcePolicy);
  const context = new Map(
    (input.ContextEntries ?? []).map(({ ContextKeyName = "", ContextKeyValues = [] }) => [
      ContextKeyName.toLowerCase(),
      ContextKeyValues,
    ]),
  );
  const missing = contextKeysOf(policies.map(({ document }) => document)).filter(
    (key) => !context.has(key.toLowerCase()),
  );
  const resources = input.ResourceArns?.length ? input.ResourceArns : ["*"];
  return input.ActionNames.flatMap((action) =>
    resources.map((resource) => {
      const evaluation = decide(simulation, action, resource, context);
      const found = {
        MatchedStatements: decisive(evaluation).map((matched) => matchedView(matched, spans)),
        MissingContextValues: [...missing],
      };
      const { decision } = evaluation;
      return {
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: decision,
        ...found,
        EvalDecisionDetails: {},
        ...(input.ResourceArns?.length
          ? { ResourceSpecificResults: [{ EvalResourceName: resource, EvalResourceDecision: decision, ...found }] }
          : {}),
        ...(boundary
          ? { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allowedByBoundary(evaluation) } }
          : {}),
      };
    }),
  );
};

const decide = (
  { principal, identity, boundary, input }: Simulation,
  action: string,
  resource: string,
  context: ReadonlyMap<string, readonly string[]>,
): Evaluation => {
  if (!action.includes(":")) throw invalidInput(`Invalid Entity Action: ${action}`);
  const owner = input.ResourceOwner?.match(/\d{12}/)?.[0];
  return evaluate(
    { principal, action, resource, context, resourceAccount: owner },
    {
      identity: identity.map(attached),
      boundary: boundary && attached(boundary),
      resource:
        input.ResourcePolicy === undefined
          ? undefined
          : { source: RESOURCE_POLICY, type: "resource", policy: compilePolicyText(input.ResourcePolicy) },
    },
  );
};

const RESOURCE_POLICY = "ResourcePolicy";

const attached = ({ id, document }: SimulatedPolicy): AttachedPolicy => ({
  source: id,
  policy: compilePolicyText(document),
});

const checkResourcePolicy = (text: string | undefined): void => {
  const fault = text === undefined ? undefined : resourcePolicyFault(text, "resource");
  if (fault !== undefined) throw invalidInput(fault);
};

/** AWS lists the statements that decided: those that deny when one does, else those that allow. */
const decisive = ({ decision, matched }: Evaluation): readonly MatchedStatement[] =>
  decision === "implicitDeny"
    ? []
    : matched.filter(({ effect }) => (effect === "Deny") === (decision === "explicitDeny"));

const allowedByBoundary = ({ matched }: Evaluation): boolean =>
  matched.some(({ type, effect }) => type === "boundary" && effect === "Allow") &&
  !matched.some(({ type, effect }) => type === "boundary" && effect === "Deny");

/** What AWS calls every policy of an identity; its model knows only other words, so the type is set aside. */
const IDENTITY_POLICY = "IAM Policy" as PolicySourceType;

const matchedView = ({ source, index }: MatchedStatement, spans: Spans) => ({
  SourcePolicyId: source,
  SourcePolicyType: source === RESOURCE_POLICY ? ("resource" as const) : IDENTITY_POLICY,
  ...spans.get(source)?.[index],
});

/** Where the statements of each policy stand, by the policy's id. */
type Spans = ReadonlyMap<string, readonly StatementSpan[]>;

const spansOf = async (policies: readonly SimulatedPolicy[], resourcePolicy: string | undefined): Promise<Spans> => {
  // Loaded on first use: nothing else of IAM reads YAML.
  const { statementSpans } = await import("./evaluation/positions.ts");
  const spans = new Map<string, readonly StatementSpan[]>();
  for (const { id, document } of policies) spans.set(id, statementSpans(document));
  if (resourcePolicy !== undefined) spans.set(RESOURCE_POLICY, statementSpans(resourcePolicy));
  return spans;
};
