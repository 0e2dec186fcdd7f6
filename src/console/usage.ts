import type { CallRecord } from "../kernel/callRecord.ts";
import { errorMessage } from "../kernel/errors.ts";
import { type CallView, type Decision, decisionOf, type Permission } from "./calls.ts";

/** What a role did with one action on one resource. */
export interface PermissionUse extends Permission {
  readonly allowed: number;
  readonly denied: number;
  /** Milliseconds since the epoch. */
  readonly lastUsed: number;
}

/** What was called under each role: since the cloud started, and before that as far back as the call log goes. */
export interface RoleUsage {
  record(call: CallRecord): void;
  of(roleArn: string): readonly PermissionUse[];
  /** Forgets everything. */
  clear(): void;
}

/** Beyond these a role's or the cloud's further permissions are not noted. */
const MAX_ROLES = 1000;
const MAX_PERMISSIONS_PER_ROLE = 1000;

interface Counted extends PermissionUse {
  allowed: number;
  denied: number;
  lastUsed: number;
}

export const createRoleUsage = (earlier: () => readonly CallView[] = () => []): RoleUsage => {
  const roles = new Map<string, Map<string, Counted>>();
  const usesOf = (roleArn: string) => {
    const known = roles.get(roleArn);
    if (known || roles.size >= MAX_ROLES) return known;
    const made = new Map<string, Counted>();
    roles.set(roleArn, made);
    return made;
  };
  const note = (roleArn: string, call: Ended) => {
    const uses = usesOf(roleArn);
    if (uses) for (const permission of call.required) count(uses, call, permission);
  };
  let isWhole = false;
  return {
    record: (call) => {
      const { principal, required, time, error } = call;
      if (principal.kind !== "role" || !required) return;
      const refusal = error === undefined ? "" : errorMessage(error);
      note(principal.roleArn, { required, time, refusal, decision: decisionOf(call) });
    },
    of: (roleArn) => {
      if (!isWhole)
        for (const call of earlier())
          if (call.roleArn) note(call.roleArn, { ...call, refusal: call.error?.message ?? "" });
      isWhole = true;
      return [...(roles.get(roleArn)?.values() ?? [])];
    },
    clear: () => roles.clear(),
  };
};

/** What counts of a call. */
interface Ended {
  readonly required: readonly Permission[];
  readonly decision: Decision;
  readonly refusal: string;
  readonly time: number;
}

const count = (
  uses: Map<string, Counted>,
  { required, decision, refusal, time }: Ended,
  permission: Permission,
): void => {
  const { action, resource } = permission;
  const key = `${action} ${resource}`;
  const use = uses.get(key) ?? { action, resource, allowed: 0, denied: 0, lastUsed: 0 };
  if (!uses.has(key)) {
    if (uses.size >= MAX_PERMISSIONS_PER_ROLE) return;
    uses.set(key, use);
  }
  if (decision !== "denied") use.allowed += 1;
  // Of several permissions that a call needs, the refusal names the one that was missing.
  else if (required.length === 1 || refusal.includes(action)) use.denied += 1;
  use.lastUsed = Math.max(use.lastUsed, time);
};
