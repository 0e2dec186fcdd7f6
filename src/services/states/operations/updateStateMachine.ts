import { machineArn, partsOf } from "../arns.ts";
import { checkDefinition } from "../definition.ts";
import { invalidArn, nothingToUpdate } from "../errors.ts";
import { findLiveMachine } from "../find.ts";
import type { MachineRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { publishVersion } from "../versions.ts";
import { checkLogging, save } from "./createStateMachine.ts";

export const updateStateMachine =
  (room: Room): Operation<"UpdateStateMachine"> =>
  async (_ctx, input) => {
    const { deps } = room;
    if (partsOf(input.stateMachineArn, "stateMachine").length > 1) throw invalidArn(input.stateMachineArn);
    const machine = findLiveMachine(room, input.stateMachineArn);
    const { definition, roleArn, loggingConfiguration: logging, tracingConfiguration: tracing } = input;
    const asked = [definition, roleArn, logging, tracing, input.encryptionConfiguration, input.publish];
    if (asked.every((member) => member === undefined)) throw nothingToUpdate();
    if (definition !== undefined) checkDefinition(definition, machine.type);
    checkLogging(logging);
    const now = deps.clock.now();
    const updated: MachineRecord = {
      ...machine,
      definition: definition ?? machine.definition,
      roleArn: roleArn ?? machine.roleArn,
      logging: logging ?? machine.logging,
      tracing: tracing ?? machine.tracing,
      encryption: input.encryptionConfiguration ?? machine.encryption,
      revisionId: deps.ids.uuid(),
      updatedAt: now,
    };
    return deps.records.atomically(() => {
      save(room, updated);
      const version = input.publish ? publishVersion(room, updated, input.versionDescription) : undefined;
      return {
        updateDate: new Date(now),
        revisionId: updated.revisionId,
        ...(version ? { stateMachineVersionArn: machineArn(deps, machine.name, version.version) } : {}),
      };
    });
  };
