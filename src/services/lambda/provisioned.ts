import { findVersion } from "./find.ts";
import type { ProvisionedRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Tells the engine how many environments each version of a function is to keep ready. */
export const applyProvisioned = (room: Room, functionName: string): void => {
  const wanted = new Map<string, number>();
  for (const { value } of room.provisioned.range({ prefix: [functionName] })) {
    const found = versionOf(room, value);
    if (found) wanted.set(found.version.version, (wanted.get(found.version.version) ?? 0) + value.requested);
  }
  const record = room.functions.get(functionName);
  if (!record) return;
  for (const { value } of room.versions.range({ prefix: [functionName] })) {
    const count = wanted.get(value.version) ?? 0;
    const spec = room.specs.of(record, value);
    if (count !== room.engine.provisioned(spec).requested) room.engine.provision(spec, count);
  }
};

/** What is kept ready of a function in all. */
export const provisionedOf = ({ provisioned }: Pick<Room, "provisioned">, functionName: string): number => {
  let total = 0;
  for (const { value } of provisioned.range({ prefix: [functionName] })) total += value.requested;
  return total;
};

/** The version a configuration keeps ready; an alias's is the one it now points to. */
export const versionOf = (room: Room, { functionName: name, qualifier }: ProvisionedRecord) => {
  if (!room.functions.has(name)) return undefined;
  const ctx = room.contextAs({ kind: "service", account: room.account, service: "lambda.amazonaws.com" });
  return findVersion(room, ctx, { name, qualifier });
};

/** What was kept ready when the process ended is so again. */
export const resumeProvisioned = (room: Room): void => {
  const names = new Set([...room.provisioned.range()].map(({ value }) => value.functionName));
  for (const name of names) applyProvisioned(room, name);
};
