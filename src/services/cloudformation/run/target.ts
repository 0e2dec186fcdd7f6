import type { LiveValues, Target } from "../../../engines/stack/ports.ts";
import { known } from "../../../kernel/errors.ts";
import type { JsonValue } from "../../../kernel/json.ts";
import { type CompiledStack, certain } from "../definition/compile.ts";
import { validationError } from "../errors.ts";
import type { ImportRecord, OutputRecord, StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { permitByPolicy, type StackPolicy } from "../stackPolicy.ts";
import type { OutputDefinition } from "../template/model.ts";
import { outputNotText } from "../template/readOutputs.ts";
import { forgetImports, importersOf } from "./afterStatus.ts";

interface TargetParts {
  /** What the stack's policy lets an update do; undefined where there is none. */
  readonly policy: StackPolicy | undefined;
  readonly imports: ImportRecord | undefined;
  /** Which of some new resources have names that are taken; asked before any is made. */
  readonly taken: Target["taken"];
  /** Waits, once all resources are there, as long as the operation is to be watched. */
  readonly monitor: () => Promise<void>;
}

/** What an operation makes of a stack. */
export const stackTarget = (
  room: Room,
  stackId: string,
  compiled: CompiledStack,
  { policy, imports, taken, monitor }: TargetParts,
): Target => ({
  demands: compiled.demands,
  properties: async (logicalId, values) => compiled.properties(logicalId, certain(values)),
  adopted: (logicalId) => imports?.[logicalId],
  taken,
  permit: (logicalId, type, action) => {
    if (policy !== undefined) permitByPolicy(policy, logicalId, type, action);
  },
  conclude: async (values) => {
    await monitor();
    const stack = known(room.tables.stacks.get(stackId), `the stack ${stackId}`);
    const outputs = outputsOf(compiled, values, room.deps.localAddress);
    refuseTakenExports(room, stack, outputs);
    room.deps.records.atomically(() => {
      room.tables.stacks.put(stackId, { ...stack, nextOutputs: outputs });
      forgetImports(room, stackId);
      for (const name of compiled.importNames) room.tables.imports.put([name, stackId], stack.stackName);
    });
  },
});

const outputsOf = (
  compiled: CompiledStack,
  values: LiveValues,
  localAddress: (text: string) => string,
): readonly OutputRecord[] => {
  const evaluate = compiled.resolver(certain(values));
  const textOf = (output: OutputDefinition, node: JsonValue): string => {
    const value = evaluate.value(node);
    if (value === undefined || (typeof value === "object" && value !== null)) throw outputNotText(output.name);
    return String(value);
  };
  return compiled.outputs.map((output) => ({
    key: output.name,
    value: localAddress(textOf(output, output.value)),
    description: output.description,
    exportName: output.exportName === undefined ? undefined : textOf(output, output.exportName),
  }));
};

const refuseTakenExports = (room: Room, stack: StackRecord, outputs: readonly OutputRecord[]): void => {
  const next = new Map<string, string>();
  for (const { exportName, value } of outputs) {
    if (exportName === undefined) continue;
    const owner = room.tables.exports.get(exportName)?.stackId;
    if (owner !== undefined && owner !== stack.stackId) {
      throw validationError(`Export with name ${exportName} is already exported by stack ${nameOf(room, owner)}. `);
    }
    if (next.has(exportName)) throw validationError(`Duplicate Export names [${exportName}] found in the template. `);
    next.set(exportName, value);
  }
  for (const { exportName, value } of stack.outputs) {
    const users = exportName === undefined ? [] : importersOf(room, exportName);
    if (exportName === undefined || users.length === 0 || next.get(exportName) === value) continue;
    const verb = next.has(exportName) ? "updated" : "deleted";
    throw validationError(`Export ${exportName} cannot be ${verb} as it is in use by ${users.join(", ")}`);
  }
};

const nameOf = (room: Room, stackId: string): string => room.tables.stacks.get(stackId)?.stackName ?? stackId;
