import type { Context } from "../../kernel/context.ts";
import { AwsError } from "../../kernel/errors.ts";
import { accessDeniedMessage } from "./evaluation/accessDenied.ts";
import type { Evaluation, EvaluationRequest } from "./evaluation/evaluate.ts";

type Denial = Exclude<Evaluation, { readonly decision: "allowed" }>;

interface Refusal {
  readonly code: string;
  readonly status: number;
}

const QUERY: Refusal = { code: "AccessDenied", status: 403 };
const JSON_RPC: Refusal = { code: "AccessDeniedException", status: 400 };
const REST: Refusal = { code: "AccessDeniedException", status: 403 };

/** AWS refuses in the words of each service's family of protocols; those not named here speak JSON over one path. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  apigateway: REST,
  apigatewayv2: REST,
  cloudformation: QUERY,
  cloudwatch: QUERY,
  iam: QUERY,
  lambda: REST,
  pipes: REST,
  s3: QUERY,
  scheduler: REST,
  sns: { code: "AuthorizationError", status: 403 },
  sqs: QUERY,
  sts: QUERY,
  xray: REST,
};

/** The error a denied request ends in. */
export const accessDenied = (ctx: Context, request: EvaluationRequest, denial: Denial): AwsError => {
  const { code, status } = REFUSALS[ctx.service] ?? JSON_RPC;
  return new AwsError(code, message(ctx, request, denial), status);
};

/** AWS: S3 tells strangers nothing but that they are refused. */
const message = (ctx: Context, request: EvaluationRequest, denial: Denial): string => {
  const { principal, resourceAccount } = request;
  const stranger = principal.kind === "anonymous" || (resourceAccount ?? principal.account) !== principal.account;
  return ctx.service === "s3" && stranger ? "Access Denied" : accessDeniedMessage(request, denial);
};
