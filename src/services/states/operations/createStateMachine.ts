import { machineArn } from "../arns.ts";
import { checkDefinition } from "../definition.ts";
import { invalid, invalidLogging, machineDeleting, machineExists } from "../errors.ts";
import { checkName } from "../names.ts";
import { INITIAL_REVISION, type MachineRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { withTags } from "../tags.ts";
import { publishVersion } from "../versions.ts";

export const createStateMachine =
  (room: Room): Operation<"CreateStateMachine"> =>
  async (_ctx, input) => {
    const { machines, deps } = room;
    checkName(input.name);
    if (input.versionDescription !== undefined && !input.publish)
      throw invalid("Version description can only be set when publish is true");
    checkLogging(input.loggingConfiguration);
    const type = input.type ?? "STANDARD";
    checkDefinition(input.definition, type);
    const arn = machineArn(deps, input.name);
    const existing = machines.get(input.name);
    if (existing?.isDeleting) throw machineDeleting(arn);
    // AWS: the same machine once more is the machine that is there; its role and tags are not compared.
    if (existing && !isSame(existing, { ...input, type })) throw machineExists(arn);
    const now = deps.clock.now();
    const machine: MachineRecord = existing ?? {
      name: input.name,
      type,
      definition: input.definition,
      roleArn: input.roleArn,
      logging: input.loggingConfiguration,
      tracing: input.tracingConfiguration,
      encryption: input.encryptionConfiguration,
      tags: withTags({}, input.tags, arn),
      revisionId: INITIAL_REVISION,
      createdAt: now,
      updatedAt: now,
      lastVersion: 0,
    };
    return deps.records.atomically(() => {
      if (!existing) save(room, machine);
      const version = input.publish ? publishVersion(room, machine, input.versionDescription) : undefined;
      return {
        stateMachineArn: arn,
        creationDate: new Date(machine.createdAt),
        ...(version ? { stateMachineVersionArn: machineArn(deps, machine.name, version.version) } : {}),
      };
    });
  };

/** Writes a machine, and its revision for the executions to come. */
export const save = ({ machines, revisions }: Room, machine: MachineRecord): void => {
  const { revisionId, definition, roleArn, logging, tracing } = machine;
  machines.put(machine.name, machine);
  revisions.put([machine.name, revisionId], { revisionId, definition, roleArn, logging, tracing });
};

/** Throws when events are to be logged and there is no place for them. */
export const checkLogging = (logging: MachineRecord["logging"]): void => {
  const { level = "OFF", destinations = [] } = logging ?? {};
  if (destinations.length > 1)
    throw invalidLogging("Invalid Logging Configuration: Must specify exactly one Log Destination.");
  const arn = destinations[0]?.cloudWatchLogsLogGroup?.logGroupArn;
  if (level !== "OFF" && !arn)
    throw invalidLogging("Invalid Logging Configuration: Must specify exactly one Log Destination.");
  if (arn && !/^arn:[^:]+:logs:[^:]+:\d+:log-group:[^:]+:\*$/.test(arn))
    throw invalidLogging("Invalid Logging Configuration: Log Destination must be a valid Arn that ends with ':*'.");
};

type Wanted = Pick<MachineRecord, "type" | "definition"> & {
  readonly loggingConfiguration?: MachineRecord["logging"];
  readonly tracingConfiguration?: MachineRecord["tracing"];
};

const isSame = (machine: MachineRecord, wanted: Wanted): boolean =>
  machine.type === wanted.type &&
  machine.definition === wanted.definition &&
  JSON.stringify(machine.logging) === JSON.stringify(wanted.loggingConfiguration) &&
  JSON.stringify(machine.tracing) === JSON.stringify(wanted.tracingConfiguration);
