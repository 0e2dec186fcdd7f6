import { machineArn } from "../arns.ts";
import { conflict } from "../errors.ts";
import { findLiveMachine, findVersion, page } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { publishVersion } from "../versions.ts";
import { versionItem } from "../views.ts";

export const publishStateMachineVersion =
  (room: Room): Operation<"PublishStateMachineVersion"> =>
  async (_ctx, { stateMachineArn, revisionId, description }) => {
    const machine = findLiveMachine(room, stateMachineArn);
    if (revisionId !== undefined && revisionId !== machine.revisionId)
      throw conflict(
        `Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${machine.revisionId}.`,
      );
    const version = room.deps.records.atomically(() => publishVersion(room, machine, description));
    return {
      stateMachineVersionArn: machineArn(room.deps, machine.name, version.version),
      creationDate: new Date(version.createdAt),
    };
  };

export const listStateMachineVersions =
  (room: Room): Operation<"ListStateMachineVersions"> =>
  async (_ctx, input) => {
    const { name } = findLiveMachine(room, input.stateMachineArn);
    const { items, nextToken } = page(room.versions.values({ prefix: [name], reverse: true }), input);
    return { stateMachineVersions: items.map((version) => versionItem(room, version)), nextToken };
  };

/** AWS: a version that an alias points to stays; one that is gone is no error. */
export const deleteStateMachineVersion =
  (room: Room): Operation<"DeleteStateMachineVersion"> =>
  async (_ctx, { stateMachineVersionArn }) => {
    const version = findVersion(room, stateMachineVersionArn);
    if (!version) return {};
    const users = [...room.aliases.values({ prefix: [version.machine] })].filter(({ routes }) =>
      routes.some((route) => route.version === version.version),
    );
    if (users.length > 0)
      throw conflict(
        `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${users.map(({ name }) => name).join(", ")}]`,
      );
    room.versions.delete([version.machine, version.version]);
    return {};
  };
