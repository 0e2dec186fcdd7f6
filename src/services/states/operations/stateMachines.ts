import { validateDefinition } from "../../../engines/states/validate.ts";
import { partsOf } from "../arns.ts";
import { invalidArn, noMachine } from "../errors.ts";
import { findExecution, findMachine, findVersion, page } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { sweep } from "../run/settle.ts";
import { machineItem, machineOfExecution, machineView } from "../views.ts";

export const describeStateMachine =
  (room: Room): Operation<"DescribeStateMachine"> =>
  async (_ctx, { stateMachineArn }) => {
    const machine = findMachine(room, stateMachineArn);
    if (partsOf(stateMachineArn, "stateMachine").length === 1) return machineView(room, machine);
    const version = findVersion(room, stateMachineArn);
    if (!version) throw noMachine(stateMachineArn);
    return machineView(room, machine, version);
  };

export const listStateMachines =
  (room: Room): Operation<"ListStateMachines"> =>
  async (_ctx, input) => {
    const { items, nextToken } = page(room.machines.values(), input);
    return { stateMachines: items.map((machine) => machineItem(room, machine)), nextToken };
  };

/** AWS: a machine goes with its versions and aliases once its executions have ended; one that is gone is no error. */
export const deleteStateMachine =
  (room: Room): Operation<"DeleteStateMachine"> =>
  async (_ctx, { stateMachineArn }) => {
    const [name = "", qualifier] = partsOf(stateMachineArn, "stateMachine");
    if (qualifier !== undefined) throw invalidArn(stateMachineArn);
    const machine = room.machines.get(name);
    if (!machine) return {};
    room.deps.records.atomically(() => {
      room.machines.put(name, { ...machine, isDeleting: true });
      room.versions.clear({ prefix: [name] });
      room.aliases.clear({ prefix: [name] });
      sweep(room, name);
    });
    return {};
  };

export const describeStateMachineForExecution =
  (room: Room): Operation<"DescribeStateMachineForExecution"> =>
  async (_ctx, { executionArn }) => {
    const execution = findExecution(room, executionArn);
    const revision = room.revisions.get([execution.machine, execution.revisionId]);
    if (!revision) throw noMachine(executionArn);
    return machineOfExecution(room, execution, revision);
  };

const MAX_DIAGNOSTICS = 100;

export const validateStateMachineDefinition =
  (_room: Room): Operation<"ValidateStateMachineDefinition"> =>
  async (_ctx, { definition, type, severity, maxResults }) => {
    const all = validateDefinition(definition, { type: type ?? "STANDARD" });
    const found = severity === "WARNING" ? all : all.filter((each) => each.severity === "ERROR");
    const shown = found.slice(0, maxResults || MAX_DIAGNOSTICS);
    return {
      result: all.some((each) => each.severity === "ERROR") ? "FAIL" : "OK",
      diagnostics: shown.map((each) => ({ ...each })),
      truncated: shown.length < found.length,
    };
  };
