import type { JsonObject, JsonValue } from "../../kernel/json.ts";

/** Where one resource of a stack is in its life. */
export type ResourceStatus =
  | "CREATE_IN_PROGRESS"
  | "CREATE_FAILED"
  | "CREATE_COMPLETE"
  | "UPDATE_IN_PROGRESS"
  | "UPDATE_FAILED"
  | "UPDATE_COMPLETE"
  | "DELETE_IN_PROGRESS"
  | "DELETE_FAILED"
  | "DELETE_COMPLETE"
  | "DELETE_SKIPPED"
  | "IMPORT_IN_PROGRESS"
  | "IMPORT_FAILED"
  | "IMPORT_COMPLETE"
  | "IMPORT_ROLLBACK_IN_PROGRESS"
  | "IMPORT_ROLLBACK_COMPLETE";

/** Where a whole stack is in its life. */
export type StackStatus =
  | "REVIEW_IN_PROGRESS"
  | "CREATE_IN_PROGRESS"
  | "CREATE_FAILED"
  | "CREATE_COMPLETE"
  | "ROLLBACK_IN_PROGRESS"
  | "ROLLBACK_FAILED"
  | "ROLLBACK_COMPLETE"
  | "DELETE_IN_PROGRESS"
  | "DELETE_FAILED"
  | "DELETE_COMPLETE"
  | "UPDATE_IN_PROGRESS"
  | "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"
  | "UPDATE_COMPLETE"
  | "UPDATE_FAILED"
  | "UPDATE_ROLLBACK_IN_PROGRESS"
  | "UPDATE_ROLLBACK_FAILED"
  | "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"
  | "UPDATE_ROLLBACK_COMPLETE"
  | "IMPORT_IN_PROGRESS"
  | "IMPORT_COMPLETE"
  | "IMPORT_ROLLBACK_IN_PROGRESS"
  | "IMPORT_ROLLBACK_COMPLETE";

/** What becomes of a resource that its stack no longer has. */
export type RemovalPolicy = "Delete" | "Retain" | "RetainExceptOnCreate" | "Snapshot";

/** A resource in the world: what is needed to change it or to take it away. */
export interface Physical {
  readonly type: string;
  readonly physicalId: string;
  readonly properties: JsonObject;
  readonly attributes: Readonly<Record<string, JsonValue>>;
}

/** What a template asks of one resource beside its properties. */
export interface Demand {
  readonly logicalId: string;
  readonly type: string;
  /** The resources that must exist before this one, and be gone after it. */
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: RemovalPolicy;
  readonly updateReplacePolicy: RemovalPolicy;
  readonly metadata: JsonObject | undefined;
}

/** One resource of a stack, as the engine keeps it. */
export interface ResourceRecord extends Demand {
  readonly status: ResourceStatus;
  readonly reason: string | undefined;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  /** Undefined while nothing has been made. */
  readonly physicalId: string | undefined;
  /** As last applied; while a change is under way, as being applied. */
  readonly properties: JsonObject;
  readonly attributes: Readonly<Record<string, JsonValue>>;
  /** True when the operation at hand has taken it over, and did not make it. */
  readonly isAdopted?: boolean;
  /** The same through every retry of one creation. */
  readonly token: string;
  /** The operation that touched it last. */
  readonly operationId: string;
  /** As it was before that operation: `null` when it was not; undefined once the operation has come to its end. */
  readonly before: ResourceSnapshot | null | undefined;
  /** What the operation leaves to be taken away when it cleans up: the old one of a replacement, or the new one of a failed. */
  readonly leftover: (Physical & { readonly policy: RemovalPolicy }) | undefined;
}

/** What a rollback goes back to. */
export type ResourceSnapshot = Omit<ResourceRecord, "before" | "leftover">;

/** How far an operation has come. Each phase can be entered again after a crash. */
export type Phase = "APPLY" | "CLEANUP" | "ROLLBACK" | "ROLLBACK_CLEANUP" | "REMOVE";

/** Work on one stack, from its request to its end. */
export interface StackOperation {
  readonly id: string;
  readonly kind: "CREATE" | "UPDATE" | "IMPORT" | "DELETE";
  readonly phase: Phase;
  readonly onFailure: "ROLLBACK" | "DELETE" | "DO_NOTHING";
  /** Resources that a DELETE leaves, or that a continued rollback passes over. */
  readonly passOver: readonly string[];
  /** What the operation made goes when it fails, whatever its policy says. */
  readonly retainExceptOnCreate?: boolean;
  /** A DELETE that leaves behind what would not go. */
  readonly force?: boolean;
  /** Set when somebody has asked for the operation to be given up. */
  readonly cancelled: boolean;
}
