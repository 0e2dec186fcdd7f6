import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { FederatedUserPrincipal, Principal } from "../../../kernel/principal.ts";
import { scalars } from "./document.ts";

/**
 * How a resource's policy names the caller, from weakest to strongest.
 * `account`: its account, which leaves the decision to that account's identity policies.
 * `role`: the role behind the session, or the user who let it in: their boundary and the session's policies still bind it.
 * `direct`: the user or session itself, the service, or everyone.
 */
export type PrincipalMatch = "none" | "account" | "role" | "direct";

export type PrincipalTest = (caller: Principal, hasBoundary: boolean) => PrincipalMatch;

interface Named {
  readonly everyone: boolean;
  readonly accounts: ReadonlySet<string>;
  /** ARNs and unique ids of users, roles and sessions. */
  readonly identities: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** ARNs of identity providers. */
  readonly providers: ReadonlySet<string>;
}

/** Compiles a statement's `Principal` element. */
export const principalTest = (element: JsonValue | undefined): PrincipalTest => {
  const named = namedIn(element);
  return (caller) => matchOf(named, caller);
};

/** Compiles `NotPrincipal`: the statement speaks of everyone else. */
export const notPrincipalTest = (element: JsonValue | undefined, effect: "Allow" | "Deny"): PrincipalTest => {
  const named = namedIn(element);
  if (effect === "Allow") return (caller) => (matchOf(named, caller) === "none" ? "direct" : "none");
  // AWS: with Deny, a caller with a permissions boundary is denied whatever NotPrincipal lists.
  return (caller, hasBoundary) => (!hasBoundary && isExempt(named, caller) ? "none" : "direct");
};

const ACCOUNT = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/;
const REGIONAL_SERVICE = /^([a-z0-9-]+)\.[a-z]{2}(?:-[a-z]+)+-\d\.(amazonaws\.com)$/;

const namedIn = (element: JsonValue | undefined): Named => {
  const map = isJsonObject(element) ? element : {};
  const aws = scalars(map["AWS"]);
  return {
    everyone: element === "*" || aws.includes("*"),
    accounts: new Set(aws.flatMap((name) => ACCOUNT.exec(name)?.[1] ?? [])),
    identities: new Set(aws.filter((name) => !ACCOUNT.test(name))),
    // AWS: older policies name a service within a region, `codedeploy.us-east-1.amazonaws.com`.
    services: new Set(scalars(map["Service"]).flatMap((name) => [name, name.replace(REGIONAL_SERVICE, "$1.$2")])),
    providers: new Set(scalars(map["Federated"])),
  };
};

const matchOf = (named: Named, caller: Principal): PrincipalMatch => {
  if (named.everyone) return "direct";
  if (caller.kind === "anonymous") return "none";
  if (caller.kind === "federated") return named.providers.has(caller.provider) ? "direct" : "none";
  if (caller.kind === "service") return named.services.has(caller.service) ? "direct" : "none";
  if (named.identities.has(caller.arn) || named.identities.has(caller.userId)) return "direct";
  if (caller.kind === "role" && namesRole(named, caller.roleArn, caller.userId)) return "role";
  // AWS: who names a user names those whom it lets in, within their session's policies.
  if (caller.kind === "federatedUser" && namesHost(named, caller.federatedBy)) return "role";
  return named.accounts.has(caller.account) ? "account" : "none";
};

const namesRole = (named: Named, roleArn: string, userId: string): boolean =>
  named.identities.has(roleArn) || named.identities.has(userId.slice(0, userId.indexOf(":")));

const namesHost = (named: Named, host: FederatedUserPrincipal["federatedBy"]): boolean =>
  named.identities.has(host.arn) || named.identities.has(host.userId);

/** AWS: to be spared by NotPrincipal, a session must be listed with its role and its account, a user with its account. */
const isExempt = (named: Named, caller: Principal): boolean => {
  switch (caller.kind) {
    case "anonymous":
    case "service":
    case "federated":
      return matchOf(named, caller) === "direct";
    case "root":
      return named.everyone || named.accounts.has(caller.account);
    case "user":
    case "federatedUser":
      return matchOf(named, caller) === "direct" && (named.everyone || named.accounts.has(caller.account));
    case "role":
      return (
        matchOf(named, caller) === "direct" &&
        (named.everyone || (named.accounts.has(caller.account) && namesRole(named, caller.roleArn, caller.userId)))
      );
  }
};
