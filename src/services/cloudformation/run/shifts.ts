import { known } from "../../../kernel/errors.ts";
import { own } from "../../../kernel/own.ts";
import type { Room } from "../room.ts";

/** The deployment by which a stack's operation moves an alias. */
export interface Shift {
  /** The one that was begun before the cloud ended; undefined when none was. */
  readonly deploymentId: string | undefined;
  /** Keeps which one is waited for: who takes the operation up must not begin another. */
  begun(deploymentId: string): void;
}

export const shiftOf = ({ tables }: Pick<Room, "tables">, stackId: string, logicalId: string): Shift => ({
  deploymentId: own(tables.stacks.get(stackId)?.operation?.shifts ?? {}, logicalId),
  begun: (deploymentId) => {
    const stack = known(tables.stacks.get(stackId), `the stack ${stackId}`);
    const operation = known(stack.operation, `an operation on ${stackId}`);
    const shifts = { ...operation.shifts, [logicalId]: deploymentId };
    tables.stacks.put(stackId, { ...stack, operation: { ...operation, shifts } });
  },
});
