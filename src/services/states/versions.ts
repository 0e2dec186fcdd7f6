import { quotaExceeded } from "./errors.ts";
import { MAX_VERSIONS } from "./limits.ts";
import type { MachineRecord, VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Makes a version of a machine as it is. AWS: a revision that has a version already gets no second one. */
export const publishVersion = (room: Room, machine: MachineRecord, description: string | undefined): VersionRecord => {
  const { name, definition, roleArn, logging, tracing, revisionId } = machine;
  const last = room.versions.get([name, machine.lastVersion]);
  if (last?.revisionId === revisionId) return last;
  if (room.versions.count({ prefix: [name] }) >= MAX_VERSIONS)
    throw quotaExceeded(`The state machine has ${MAX_VERSIONS} versions already.`);
  const version: VersionRecord = {
    machine: name,
    version: machine.lastVersion + 1,
    definition,
    roleArn,
    logging,
    tracing,
    revisionId,
    createdAt: room.deps.clock.now(),
    ...(description === undefined ? {} : { description }),
  };
  room.versions.put([name, version.version], version);
  room.machines.put(name, { ...machine, lastVersion: version.version });
  return version;
};
