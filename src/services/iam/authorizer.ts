import { parseArn } from "../../kernel/arn.ts";
import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Authorizer } from "../../kernel/authorizer.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Context } from "../../kernel/context.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Principal } from "../../kernel/principal.ts";
import type { Rooms } from "../../kernel/rooms.ts";
import { accessDenied } from "./accessDenied.ts";
import { asksTrust, isUnbound } from "./bindsRoot.ts";
import { compilePolicy, compilePolicyText } from "./evaluation/compile.ts";
import { type ApplicablePolicies, type EvaluationRequest, evaluate } from "./evaluation/evaluate.ts";
import { resourceTags } from "./iamRequests.ts";
import type { IdentityBinding, RoleTrust } from "./identityPolicies.ts";
import { refuseLesserSession } from "./lesserSessions.ts";
import type { RoleRecord } from "./records.ts";
import { conditionContext } from "./requestContext.ts";
import { isIamRoom, type Room } from "./room.ts";
import { keepStanding, stands } from "./standing.ts";

export interface AuthorizerParts {
  readonly rooms: Rooms;
  readonly clock: Clock;
}

/** Decides calls by the policies of identities, resources, boundaries, sessions and trust, as kept in the IAM rooms. */
export const createAuthorizer = ({ rooms, clock }: AuthorizerParts): Authorizer => ({
  authorize: (ctx, requests) => {
    refuseLesserSession(ctx);
    if (isUnbound(ctx, requests)) return;
    if (stands(ctx, requests)) return;
    const needed = [...new Set([ctx.principal.account, ...requests.flatMap(trustAccount)])];
    const open = needed.map((account) => peekRoom(rooms, account, ctx.region));
    if (open.every((room) => room !== undefined)) return decideAll(ctx, requests, open, clock);
    return Promise.all(needed.map((account) => openRoom(rooms, account, ctx.region))).then((opened) =>
      decideAll(ctx, requests, opened, clock),
    );
  },
});

const trustAccount = (request: AuthorizationRequest): readonly string[] => {
  const account = asksTrust(request) ? parseArn(request.resource)?.account : undefined;
  return account ? [account] : [];
};

const peekRoom = (rooms: Rooms, account: string, region: string): Room | undefined => {
  const room = rooms.peek("iam", account, region)?.room.room;
  return isIamRoom(room) ? room : undefined;
};

const openRoom = async (rooms: Rooms, account: string, region: string): Promise<Room | undefined> => {
  const room = (await rooms.open("iam", account, region))?.room.room;
  return isIamRoom(room) ? room : undefined;
};

const decideAll = (
  ctx: Context,
  requests: readonly AuthorizationRequest[],
  open: readonly (Room | undefined)[],
  clock: Clock,
): void => {
  const roomOf = (account: string) => open.find((room) => room?.account === account);
  const own = roomOf(ctx.principal.account);
  const binding = bindingOf(ctx.principal, own);
  const now = clock.now();
  for (const request of requests) {
    const trust = trustAsked(request, roomOf);
    const evaluated: EvaluationRequest = {
      principal: ctx.principal,
      action: request.action,
      resource: request.resource,
      resourceAccount: request.resourceAccount ?? trustAccount(request)[0],
      context: conditionContext(ctx, bearing(trust?.role, request), binding.tags, now),
    };
    const evaluation = evaluate(evaluated, policiesFor(ctx.principal, request, binding, trust));
    if (evaluation.decision !== "allowed") throw accessDenied(ctx, evaluated, evaluation);
    keepStanding(ctx, request);
  }
  own?.usage.note(ctx.principal, { at: now, region: ctx.region, service: ctx.service });
};

const UNBOUND: IdentityBinding = { identity: [], boundary: undefined, tags: [] };

const bindingOf = (principal: Principal, room: Room | undefined): IdentityBinding => {
  const bound = principal.kind === "federatedUser" ? principal.federatedBy : principal;
  return room && (bound.kind === "user" || bound.kind === "role") ? room.identityPolicies.of(bound) : UNBOUND;
};

const policiesFor = (
  principal: Principal,
  request: AuthorizationRequest,
  { identity, boundary }: IdentityBinding,
  trust: Trust | undefined,
): ApplicablePolicies => ({
  identity,
  boundary,
  session: sessionPolicies(principal),
  resource: trust ? { ...trust.policy, type: "trust" } : resourcePolicy(request),
});

const sessionPolicies = (principal: Principal) =>
  "sessionPolicies" in principal
    ? principal.sessionPolicies?.map((text) => ({ source: "session", policy: compilePolicyText(text) }))
    : undefined;

/** The trust of the role that a request would assume; undefined for a request of any other kind. */
type Trust = Pick<RoleTrust, "policy"> & Partial<RoleTrust>;

const trustAsked = (
  request: AuthorizationRequest,
  roomOf: (account: string) => Room | undefined,
): Trust | undefined => {
  const [account] = trustAccount(request);
  if (account === undefined) return undefined;
  const roleName = request.resource.slice(request.resource.lastIndexOf("/") + 1);
  const trust = roomOf(account)?.identityPolicies.trustOf(roleName);
  // AWS: a role that is not there refuses in the words of one that does not trust the caller.
  return trust?.role.arn === request.resource ? trust : { policy: NO_TRUST };
};

/** AWS: who may assume which roles can be told by the roles' tags, as CDK's pipelines do. */
const bearing = (role: RoleRecord | undefined, request: AuthorizationRequest): AuthorizationRequest =>
  role?.tags.length ? { ...request, conditions: { ...request.conditions, ...resourceTags(role.tags) } } : request;

const resourcePolicy = (request: AuthorizationRequest): ApplicablePolicies["resource"] => {
  if (!request.resourcePolicy) return undefined;
  const type = request.action.startsWith("kms:") ? "key" : "resource";
  return { source: request.resource, policy: compiledResourcePolicy(request.resourcePolicy), type };
};

const NO_TRUST = { source: "none", policy: compilePolicy({ Version: "2012-10-17", Statement: [] }) };

/** Rooms may hand over the same policy parsed anew for each call; it is known again by its text. */
const compiledResourcePolicy = (document: JsonObject) => compilePolicyText(JSON.stringify(document));
