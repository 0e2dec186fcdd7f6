import type { StackOperation } from "../../../engines/stack/model.ts";
import type { Principal } from "../../../kernel/principal.ts";
import type { ImportRecord, OperationType, StackDefinition, StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { setStatus } from "./journal.ts";
import { launch, reasonToGiveUp } from "./launch.ts";
import { keepStack } from "./newStack.ts";

/** How an operation is asked for. */
export interface BeginOptions {
  readonly principal: Principal;
  readonly clientRequestToken: string | undefined;
  readonly onFailure?: StackOperation["onFailure"];
  readonly timeoutMinutes?: number | undefined;
  readonly passOver?: readonly string[];
  readonly changeSetId?: string | undefined;
  readonly reason?: string;
  readonly operationType?: OperationType;
  readonly policy?: string | undefined;
  readonly force?: boolean;
  readonly retainExceptOnCreate?: boolean | undefined;
  readonly imports?: ImportRecord | undefined;
  readonly skipsValidation?: boolean | undefined;
}

const USER = "User Initiated";

/** Begins to make a stack's resources. */
export const beginCreate = (
  room: Room,
  stack: StackRecord,
  definition: StackDefinition,
  options: BeginOptions,
): void => {
  const now = room.clock.now();
  // AWS: a stack that waited in review for its change set was created then, and is updated now.
  const times = options.changeSetId === undefined ? { createdAt: now } : { updatedAt: now };
  begin(room, { ...stack, ...times, definition }, "CREATE", "APPLY", "CREATE_IN_PROGRESS", options);
};

/** Begins to make a stack what a new definition says. */
export const beginUpdate = (room: Room, stack: StackRecord, target: StackDefinition, options: BeginOptions): void =>
  begin(room, { ...stack, target, updatedAt: room.clock.now() }, "UPDATE", "APPLY", "UPDATE_IN_PROGRESS", options);

/** Begins to take things over that a stack has not made. */
export const beginImport = (room: Room, stack: StackRecord, target: StackDefinition, options: BeginOptions): void =>
  begin(room, { ...stack, target, updatedAt: room.clock.now() }, "IMPORT", "APPLY", "IMPORT_IN_PROGRESS", options);

/** Begins to take a stack's resources away. */
export const beginDelete = (room: Room, stack: StackRecord, options: BeginOptions): void =>
  begin(room, { ...stack, deletedAt: room.clock.now() }, "DELETE", "REMOVE", "DELETE_IN_PROGRESS", options);

/** Begins to bring a stack back to what it was before its last operation failed. */
export const beginRollback = (room: Room, stack: StackRecord, options: BeginOptions): void => {
  const isNew = stack.lastOperation?.kind === "CREATE";
  const status = isNew ? "ROLLBACK_IN_PROGRESS" : "UPDATE_ROLLBACK_IN_PROGRESS";
  begin(room, stack, isNew ? "CREATE" : "UPDATE", "ROLLBACK", status, options);
};

/** Makes a stack's operation stop and roll back; written down, so that a crash does not forget it. */
export const giveUp = (
  room: Room,
  { stackId, operation, ...stack }: StackRecord,
  changes: Partial<Pick<StackOperation, "onFailure">> = {},
): void => {
  if (operation === undefined) return;
  const cancelled: StackRecord = { ...stack, stackId, operation: { ...operation, ...changes, cancelled: true } };
  room.tables.stacks.put(stackId, cancelled);
  room.running.giveUp(stackId, reasonToGiveUp(cancelled));
};

const OPERATION_TYPES = {
  CREATE: "CREATE_STACK",
  UPDATE: "UPDATE_STACK",
  IMPORT: "UPDATE_STACK",
  DELETE: "DELETE_STACK",
} as const;

const begin = (
  room: Room,
  stack: StackRecord,
  kind: StackOperation["kind"],
  phase: StackOperation["phase"],
  status: StackRecord["status"],
  options: BeginOptions,
): void => {
  // A rollback goes on with the operation that failed: its records say what that one touched.
  const id = phase === "ROLLBACK" ? (stack.lastOperation?.id ?? room.ids.uuid()) : room.ids.uuid();
  room.deps.records.atomically(() => {
    keepStack(room, {
      ...stack,
      ...(phase === "ROLLBACK" ? {} : { failure: undefined }),
      changeSetId: options.changeSetId ?? (kind === "UPDATE" && phase === "APPLY" ? undefined : stack.changeSetId),
      operation: {
        id,
        kind,
        phase,
        onFailure: options.onFailure ?? "ROLLBACK",
        passOver: options.passOver ?? [],
        cancelled: false,
        principal: options.principal,
        clientRequestToken: options.clientRequestToken,
        startedAt: room.clock.now(),
        operationId: room.ids.uuid(),
        operationType: options.operationType ?? OPERATION_TYPES[kind],
        timeoutMinutes: options.timeoutMinutes,
        policy: options.policy,
        force: options.force ?? false,
        imports: options.imports,
        skipsValidation: options.skipsValidation ?? false,
        retainExceptOnCreate: options.retainExceptOnCreate ?? false,
      },
    });
    setStatus(room, stack.stackId, status, options.reason ?? USER);
  });
  launch(room, stack.stackId);
};
