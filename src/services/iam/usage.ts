import type { Principal } from "../../kernel/principal.ts";
import type { Records } from "../../store/records.ts";

/** When a role or an access key was last used, where, and with which service. */
export interface UsageRecord {
  readonly at: number;
  readonly region: string;
  readonly service: string;
}

/** Uses of roles and access keys, by their ids. */
export interface Usage {
  note(principal: Principal, use: UsageRecord): void;
  of(id: string): UsageRecord | undefined;
}

/** AWS tells a use some time after it, too; it would cost each call a write to know better. */
const RESOLUTION_MS = 15 * 60_000;
const MAX_NOTED = 10_000;

export const openUsage = (records: Records): Usage => {
  const kept = records.collection<UsageRecord>("usage");
  const noted = new Map<string, number>();
  return {
    note: (principal, use) => {
      const id = usedId(principal);
      if (id === undefined || use.at - (noted.get(id) ?? Number.NEGATIVE_INFINITY) < RESOLUTION_MS) return;
      if (noted.size >= MAX_NOTED) noted.clear();
      noted.set(id, use.at);
      kept.put(id, use);
    },
    of: (id) => kept.get(id),
  };
};

const usedId = (principal: Principal): string | undefined => {
  if (principal.kind === "role") return principal.userId.slice(0, principal.userId.indexOf(":"));
  return principal.kind === "user" ? principal.accessKeyId : undefined;
};
