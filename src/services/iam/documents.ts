import { isJsonObject } from "../../kernel/json.ts";
import { limitExceeded, malformedPolicy } from "./errors.ts";
import { type IdentityPolicyKind, identityPolicyFault } from "./evaluation/validate.ts";
import { invalidPrincipal, namedPrincipals, resourcePolicyFault } from "./evaluation/validateResource.ts";
import { MAX_TRUST_POLICY_CHARACTERS } from "./limits.ts";
import type { Room } from "./room.ts";

/** Throws MalformedPolicyDocument when an identity's policy is not sound. */
export const checkIdentityPolicy = (text: string, kind: IdentityPolicyKind): void => {
  const fault = identityPolicyFault(text, kind);
  if (fault !== undefined) throw malformedPolicy(fault);
};

/** Throws MalformedPolicyDocument when a trust policy is not sound, or names a principal of this account that is not there. */
export const checkTrustPolicy = (room: Pick<Room, "account" | "roles" | "users">, text: string): void => {
  const fault = resourcePolicyFault(text, "trust");
  if (fault !== undefined) throw malformedPolicy(fault);
  const document: unknown = JSON.parse(text);
  const missing = isJsonObject(document)
    ? namedPrincipals(document).find((name) => !principalExists(room, name))
    : undefined;
  if (missing !== undefined) throw malformedPolicy(invalidPrincipal(missing));
  if (policyCharacters(text) > MAX_TRUST_POLICY_CHARACTERS) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${MAX_TRUST_POLICY_CHARACTERS}`);
  }
};

/** AWS: white space does not count towards a policy's size. */
export const policyCharacters = (text: string): number => text.replace(/\s/g, "").length;

/** Whether a principal of this account exists. Of other accounts nothing is known here. */
const principalExists = (
  { account, roles, users }: Pick<Room, "account" | "roles" | "users">,
  name: string,
): boolean => {
  const [, owner, kind, path] = /^arn:[^:]+:iam::(\d{12}):(role|user)\/(.+)$/.exec(name) ?? [];
  if (owner !== account || path === undefined) return true;
  const record = (kind === "role" ? roles : users).get(path.slice(path.lastIndexOf("/") + 1));
  return record?.arn === name;
};
