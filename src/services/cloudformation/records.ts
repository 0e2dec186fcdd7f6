import type { ResourceRecord, StackOperation, StackStatus } from "../../engines/stack/model.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Principal } from "../../kernel/principal.ts";
import type { Cipher } from "../../kernel/service.ts";
import type { Collection, Records } from "../../store/records.ts";
import type { ResourceChange } from "./changes/model.ts";
import type { DriftRecord } from "./drift/records.ts";
import type { ParameterRecord, TagRecord } from "./givenRecords.ts";
import type {
  InstanceResourceDrift,
  StackInstanceRecord,
  StackSetOperationRecord,
  StackSetRecord,
} from "./stackSets/records.ts";
import type { ValidationRecord } from "./validation/records.ts";

export type { ParameterRecord, TagRecord } from "./givenRecords.ts";

/** What a stack is, or is to become: a template with everything it was given. */
export interface StackDefinition {
  /** As it was sent. */
  readonly templateBody: string;
  /** After its transforms. */
  readonly processed: JsonObject;
  /** Whether it had any. */
  readonly isExpanded?: boolean;
  readonly parameters: readonly ParameterRecord[];
  readonly tags: readonly TagRecord[];
  readonly capabilities: readonly string[];
  readonly notificationArns: readonly string[];
  readonly roleArn: string | undefined;
  readonly rollback?: RollbackSettings | undefined;
}

/** The alarms that turn an operation around, and for how long they are watched after it. */
export interface RollbackSettings {
  readonly triggers: readonly { readonly arn: string; readonly type: string }[];
  readonly monitoringMinutes: number | undefined;
}

/** One output, as DescribeStacks shows it. */
export interface OutputRecord {
  readonly key: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

/** What is under way on a stack, and whose doing it is. */
export interface RunningOperation extends StackOperation {
  readonly principal: Principal;
  readonly clientRequestToken: string | undefined;
  readonly startedAt: number;
  /** AWS's id and name of it; a rollback goes on with what failed, and still is an operation of its own. */
  readonly operationId?: string;
  readonly operationType?: OperationType;
  readonly timeoutMinutes: number | undefined;
  /** The stack policy that holds for this operation. */
  readonly policy?: string | undefined;
  readonly imports?: ImportRecord | undefined;
  /** Whether names that are taken show only when their resources are made. */
  readonly skipsValidation?: boolean;
  /** The deployments by which it moves aliases, by their logical ids. */
  readonly shifts?: Readonly<Record<string, string>>;
}

/** What the resources that a stack takes over are known by, by their logical ids. */
export type ImportRecord = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A stack. Times are milliseconds since the epoch. */
export interface StackRecord {
  readonly stackId: string;
  readonly stackName: string;
  readonly status: StackStatus;
  readonly statusReason: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number | undefined;
  readonly deletedAt: number | undefined;
  /** Why the operation at hand, or the last one, is being undone. */
  readonly failure: string | undefined;
  /** Absent while a stack only waits for its first change set. */
  readonly definition: StackDefinition | undefined;
  /** What an update under way makes of it. */
  readonly target: StackDefinition | undefined;
  /** What a nested stack was before its last update: to where its parent's rollback brings it. */
  readonly previous?: StackDefinition | undefined;
  readonly operation: RunningOperation | undefined;
  /** The operation that ended last: what a failed one needs to be continued. */
  readonly lastOperation: RunningOperation | undefined;
  readonly outputs: readonly OutputRecord[];
  /** Worked out, and shown once the operation has succeeded. */
  readonly nextOutputs: readonly OutputRecord[] | undefined;
  readonly changeSetId: string | undefined;
  readonly disableRollback: boolean;
  /** AWS's express mode; nothing here takes longer than it must in either. */
  readonly deploymentMode?: "EXPRESS" | "STANDARD" | undefined;
  readonly timeoutMinutes: number | undefined;
  readonly terminationProtection: boolean;
  /** The stack policy, as it was sent. */
  readonly policy?: string | undefined;
  readonly parentId: string | undefined;
  readonly rootId: string | undefined;
  /** How the stack compared when it was looked at last. */
  readonly drift?: { readonly status: NonNullable<DetectionRecord["driftStatus"]>; readonly at: number };
}

/** Something that happened to a stack or to one of its resources. */
export interface EventRecord {
  readonly eventId: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly at: number;
  readonly status: string;
  readonly reason: string | undefined;
  readonly properties: string | undefined;
  readonly clientRequestToken: string | undefined;
  /** Absent from events that belong to no operation. */
  readonly operationId?: string | undefined;
  readonly operationType?: OperationType | undefined;
}

/** Operations as AWS names them beside their events. */
export type OperationType = "CREATE_STACK" | "UPDATE_STACK" | "DELETE_STACK" | "ROLLBACK" | "CONTINUE_ROLLBACK";

/** A change set. */
export interface ChangeSetRecord {
  readonly changeSetId: string;
  readonly name: string;
  readonly stackId: string;
  readonly type: "CREATE" | "UPDATE" | "IMPORT";
  readonly description: string | undefined;
  readonly createdAt: number;
  readonly status: "CREATE_IN_PROGRESS" | "CREATE_COMPLETE" | "FAILED";
  readonly statusReason: string | undefined;
  readonly executionStatus:
    | "UNAVAILABLE"
    | "AVAILABLE"
    | "EXECUTE_IN_PROGRESS"
    | "EXECUTE_COMPLETE"
    | "EXECUTE_FAILED"
    | "OBSOLETE";
  /** Absent when the template could not even be read. */
  readonly definition: StackDefinition | undefined;
  /** Why the values it shows are not all there. */
  readonly warning?: string | undefined;
  readonly changes: readonly ResourceChange[];
  /** What the world has against it. */
  readonly validations?: readonly ValidationRecord[];
  readonly skipsValidation?: boolean;
  /** AWS's id of its making. */
  readonly operationId?: string;
  readonly clientToken?: string | undefined;
  /** Whether it shows what happens in nested stacks, by change sets of theirs. */
  readonly includesNested?: boolean;
  readonly parentChangeSetId?: string;
  readonly rootChangeSetId?: string;
  readonly imports?: ImportRecord | undefined;
  readonly importsExisting?: boolean;
  readonly deployment?:
    | { readonly mode: "EXPRESS" | "STANDARD" | undefined; readonly disableRollback: boolean | undefined }
    | undefined;
  readonly onStackFailure: "DO_NOTHING" | "ROLLBACK" | "DELETE" | undefined;
}

/** The state of CloudFormation in one account and region. */
export interface Tables {
  readonly stacks: Collection<StackRecord>;
  /** The id of the living stack of each name. */
  readonly names: Collection<string>;
  /** By stack and logical id. */
  readonly resources: Collection<StoredResource>;
  /** What deleted stacks had, by stack and logical id. */
  readonly goneResources: Collection<StoredResource>;
  /** By stack and number. */
  readonly events: Collection<EventRecord>;
  /** By stack and name. */
  readonly changeSets: Collection<ChangeSetRecord>;
  /** The ids of change sets that are being worked out, by stack and name. */
  readonly changeSetsInWork: Collection<string>;
  readonly exports: Collection<ExportRecord>;
  /** By export and importing stack. */
  readonly imports: Collection<string>;
  /** By what they are sent to, and by their own id. */
  readonly signals: Collection<SignalRecord>;
  /** By stack and logical id. */
  readonly drifts: Collection<DriftRecord>;
  readonly detections: Collection<DetectionRecord>;
  /** The stack of each wait condition handle, by its token. */
  readonly handles: Collection<string>;
  readonly stackSets: Collection<StackSetRecord>;
  /** By stack set, account and region. */
  readonly stackInstances: Collection<StackInstanceRecord>;
  /** By stack set and operation. */
  readonly stackSetOperations: Collection<StackSetOperationRecord>;
  /** By stack set, operation, account and region. */
  readonly instanceDrifts: Collection<readonly InstanceResourceDrift[]>;
  /** Transforms of the user's own, by name. */
  readonly macros: Collection<MacroRecord>;
  /** What the next stack of a name is nested in, by that name. */
  readonly parents: Collection<ParentRecord>;
  /** By stack and logical id: the name of a nested stack that waits in review for its parent's change set. */
  readonly reviews: Collection<string>;
}

/** A resource, and whether a NoEcho parameter may have gone into it: then it lies sealed. */
export interface StoredResource {
  readonly isSecret: boolean;
  readonly record: ResourceRecord;
}

/** One look at a whole stack. */
export interface DetectionRecord {
  readonly detectionId: string;
  readonly stackId: string;
  readonly status: "DETECTION_IN_PROGRESS" | "DETECTION_COMPLETE" | "DETECTION_FAILED";
  readonly reason: string | undefined;
  readonly driftStatus: "DRIFTED" | "IN_SYNC" | "NOT_CHECKED" | "UNKNOWN" | undefined;
  readonly driftedCount: number;
  readonly at: number;
}

/** A signal to a resource that waits for some, or to a wait condition's handle. */
export interface SignalRecord {
  readonly isSuccess: boolean;
  readonly reason: string;
  readonly data: string;
}

export interface ExportRecord {
  readonly name: string;
  readonly value: string;
  readonly stackId: string;
}

export interface MacroRecord {
  readonly functionName: string;
  readonly stackId: string;
}

export interface ParentRecord {
  readonly parentId: string;
  readonly rootId: string;
}

export const openTables = (records: Records, cipher: Cipher): Tables => ({
  stacks: records.collection("stacks"),
  names: records.collection("names"),
  resources: records.collection("resources", sealedWhereSecret(cipher)),
  goneResources: records.collection("goneResources", sealedWhereSecret(cipher)),
  events: records.collection("events"),
  changeSets: records.collection("changeSets"),
  changeSetsInWork: records.collection("changeSetsInWork"),
  exports: records.collection("exports"),
  imports: records.collection("imports"),
  signals: records.collection("signals"),
  drifts: records.collection("drifts"),
  detections: records.collection("detections"),
  handles: records.collection("handles"),
  stackSets: records.collection("stackSets"),
  stackInstances: records.collection("stackInstances"),
  stackSetOperations: records.collection("stackSetOperations"),
  instanceDrifts: records.collection("instanceDrifts"),
  macros: records.collection("macros"),
  parents: records.collection("parents"),
  reviews: records.collection("reviews"),
});

const sealedWhereSecret = (cipher: Cipher) => ({
  encode: (stored: StoredResource) =>
    stored.isSecret ? cipher.seal(JSON.stringify(stored.record)) : JSON.stringify(stored.record),
  decode: (text: Buffer): StoredResource => {
    const kept = text.toString();
    const isSecret = !kept.startsWith("{");
    return { isSecret, record: JSON.parse(isSecret ? cipher.open(kept).toString() : kept) };
  },
});
