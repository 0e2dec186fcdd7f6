import { parseArn } from "../../kernel/arn.ts";
import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { Principal } from "../../kernel/principal.ts";
import type { ConditionContext } from "./evaluation/pattern.ts";
import type { TagRecord } from "./records.ts";

/**
 * The condition keys of one request, names in lower case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const conditionContext = (
  ctx: Context,
  { conditions, resource, resourceAccount }: AuthorizationRequest,
  tags: readonly TagRecord[],
  now: number,
): ConditionContext => {
  const keys = new Map<string, readonly string[]>();
  addPrincipal(keys, ctx.principal, tags);
  addSession(keys, ctx.principal, now);
  addNetwork(keys, ctx);
  keys.set("aws:currenttime", [new Date(now).toISOString()]);
  keys.set("aws:epochtime", [String(Math.floor(now / 1000))]);
  keys.set("aws:requestedregion", [ctx.region]);
  // Calls come over the loopback or from within: nobody listens in, which is what policies mean to ask.
  keys.set("aws:securetransport", ["true"]);
  keys.set("aws:resourceaccount", [resourceAccount ?? (parseArn(resource)?.account || ctx.account)]);
  if (conditions) {
    for (const [name, value] of Object.entries(conditions)) {
      keys.set(name.toLowerCase(), typeof value === "string" ? [value] : value);
    }
  }
  return keys;
};

type Keys = Map<string, readonly string[]>;

const addPrincipal = (keys: Keys, principal: Principal, tags: readonly TagRecord[]): void => {
  switch (principal.kind) {
    case "root":
      keys.set("aws:principaltype", ["Account"]).set("aws:principalarn", [principal.arn]);
      keys.set("aws:userid", [principal.userId]);
      break;
    case "user":
      keys.set("aws:principaltype", ["User"]).set("aws:principalarn", [principal.arn]);
      keys.set("aws:userid", [principal.userId]).set("aws:username", [principal.userName]);
      break;
    case "role":
      // AWS: the ARN of the role, not of its session.
      keys.set("aws:principaltype", ["AssumedRole"]).set("aws:principalarn", [principal.roleArn]);
      keys.set("aws:userid", [principal.userId]);
      if (principal.sourceIdentity) keys.set("aws:sourceidentity", [principal.sourceIdentity]);
      break;
    case "federatedUser":
      keys.set("aws:principaltype", ["FederatedUser"]).set("aws:principalarn", [principal.arn]);
      keys.set("aws:userid", [principal.userId]);
      break;
    case "service":
      addService(keys, principal);
      return;
    case "federated":
      keys.set("aws:federatedprovider", [principal.provider]);
      return;
    case "anonymous":
      keys.set("aws:principaltype", ["Anonymous"]).set("aws:userid", ["anonymous"]);
      return;
  }
  keys.set("aws:principalaccount", [principal.account]).set("aws:principalisawsservice", ["false"]);
  for (const { key, value } of tags) keys.set(`aws:principaltag/${key.toLowerCase()}`, [value]);
  if ("sessionTags" in principal && principal.sessionTags) {
    for (const [key, value] of Object.entries(principal.sessionTags)) {
      keys.set(`aws:principaltag/${key.toLowerCase()}`, [value]);
    }
  }
};

/** AWS: present only with temporary credentials. */
const addSession = (keys: Keys, principal: Principal, now: number): void => {
  if (!("issuedAt" in principal) || principal.issuedAt === undefined) return;
  keys.set("aws:tokenissuetime", [new Date(principal.issuedAt).toISOString()]);
  const mfaAt = "session" in principal ? principal.session?.mfaAt : undefined;
  keys.set("aws:multifactorauthpresent", [String(mfaAt !== undefined)]);
  if (mfaAt !== undefined) keys.set("aws:multifactorauthage", [String(Math.floor((now - mfaAt) / 1000))]);
};

const addService = (keys: Keys, { service, sourceArn, account }: Extract<Principal, { kind: "service" }>): void => {
  keys.set("aws:principalisawsservice", ["true"]).set("aws:principalservicename", [service]);
  keys.set("aws:principalservicenameslist", [service]).set("aws:sourceaccount", [account]);
  if (sourceArn !== undefined) keys.set("aws:sourcearn", [sourceArn]);
};

const IPV4_IN_IPV6 = /^::ffff:(?=\d+\.)/i;

/** AWS: a call made by a service on somebody's way has no address of its own. */
const addNetwork = (keys: Keys, { sourceIp, userAgent, calledVia }: Context): void => {
  keys.set("aws:viaawsservice", [String(calledVia !== undefined)]);
  if (calledVia !== undefined) {
    keys.set("aws:calledvia", [calledVia]).set("aws:calledviafirst", [calledVia]).set("aws:calledvialast", [calledVia]);
  } else if (sourceIp !== undefined) {
    keys.set("aws:sourceip", [sourceIp.replace(IPV4_IN_IPV6, "")]);
  }
  if (userAgent !== undefined) keys.set("aws:useragent", [userAgent]);
};
