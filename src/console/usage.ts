import type { CallRecord } from "../kernel/dispatch.ts";
import { errorMessage } from "../kernel/errors.ts";
import { decisionOf, type Permission } from "./calls.ts";

/** What a role did with one action on one resource. */
export interface PermissionUse extends Permission {
  readonly allowed: number;
  readonly denied: number;
  /** Milliseconds since the epoch. */
  readonly lastUsed: number;
}

/** What was called under each role since the cloud started. */
export interface RoleUsage {
  record(call: CallRecord): void;
  of(roleArn: string): readonly PermissionUse[];
}

/** Beyond these a role's or the cloud's further permissions are not noted. */
const MAX_ROLES = 1000;
const MAX_PERMISSIONS_PER_ROLE = 1000;

interface Counted extends PermissionUse {
  allowed: number;
  denied: number;
  lastUsed: number;
}

export const createRoleUsage = (): RoleUsage => {
  const roles = new Map<string, Map<string, Counted>>();
  const usesOf = (roleArn: string) => {
    const known = roles.get(roleArn);
    if (known || roles.size >= MAX_ROLES) return known;
    const made = new Map<string, Counted>();
    roles.set(roleArn, made);
    return made;
  };
  return {
    record: (call) => {
      if (call.principal.kind !== "role" || !call.required) return;
      const uses = usesOf(call.principal.roleArn);
      if (!uses) return;
      for (const { action, resource } of call.required) count(uses, call, action, resource);
    },
    of: (roleArn) => [...(roles.get(roleArn)?.values() ?? [])],
  };
};

const count = (uses: Map<string, Counted>, call: CallRecord, action: string, resource: string): void => {
  const key = `${action} ${resource}`;
  const use = uses.get(key) ?? { action, resource, allowed: 0, denied: 0, lastUsed: 0 };
  if (!uses.has(key)) {
    if (uses.size >= MAX_PERMISSIONS_PER_ROLE) return;
    uses.set(key, use);
  }
  if (decisionOf(call) !== "denied") use.allowed += 1;
  // Of several permissions that a call needs, the refusal names the one that was missing.
  else if (call.required?.length === 1 || errorMessage(call.error).includes(action)) use.denied += 1;
  use.lastUsed = call.time;
};
