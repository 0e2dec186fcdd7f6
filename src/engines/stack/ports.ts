import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import type { ResourceState } from "../../kernel/resource.ts";
import type { Demand, Phase, Physical, ResourceRecord, StackOperation, StackStatus } from "./model.ts";

/** What resources have become, for the functions in other resources' properties. */
export interface LiveValues {
  reference(logicalId: string): JsonValue | undefined;
  attribute(logicalId: string, name: string): JsonValue | undefined;
}

/** By which of its properties something in the world is known. */
export type AdoptedThing = Readonly<Record<string, string>>;

/** A new resource whose name is taken, and how that is told. */
export interface TakenName {
  readonly logicalId: string;
  readonly properties: JsonObject;
  readonly reason: string;
}

/** What a stack shall be at the end of an operation. */
export interface Target {
  readonly demands: ReadonlyMap<string, Demand>;
  /** The properties of a resource; all that it depends on is there. Throws when they cannot be told. */
  properties(logicalId: string, values: LiveValues): Promise<JsonObject>;
  /** What in the world a resource shall take over instead of being made; undefined for most. */
  adopted(logicalId: string): AdoptedThing | undefined;
  /** Those of some new resources that cannot be made, because something in the world has their names. */
  taken(logicalIds: readonly string[]): Promise<readonly TakenName[]>;
  /** Throws when the stack may not do this to a resource it has. */
  permit(logicalId: string, type: string, action: "Modify" | "Replace" | "Delete"): void;
  /** Works out what follows from the resources, such as outputs, and throws when that cannot be. */
  conclude(values: LiveValues): Promise<void>;
}

/** Makes, changes and takes away resources of every type. */
export interface Driver {
  /** `made` hears of the thing's id as soon as it exists: should the rest fail, it is taken away by that id. */
  create(record: ResourceRecord, made: (physicalId: string) => void, signal: AbortSignal): Promise<ResourceState>;
  /** Finds what a resource takes over; throws when it is not there. */
  adopt(record: ResourceRecord, thing: AdoptedThing, signal: AbortSignal): Promise<ResourceState>;
  /** Notes that what a failed operation took over is nobody's again. */
  letGo(record: ResourceRecord, signal: AbortSignal): Promise<void>;
  update(current: ResourceRecord, before: Physical, signal: AbortSignal): Promise<ResourceState>;
  delete(logicalId: string, gone: Physical, signal: AbortSignal): Promise<void>;
  /** Whether one state of a resource's properties becomes another by nothing, by a change, or by a new resource. */
  change(logicalId: string, before: Physical, after: JsonObject): Promise<"none" | "update" | "replace">;
  /** What an error says of a resource, in the service's words. */
  reasonOf(error: unknown): string;
}

/** Where a stack's state is kept. Every write survives a crash before anybody is told of it. */
export interface Journal {
  operation(): StackOperation;
  setPhase(phase: Phase): void;
  resources(): readonly ResourceRecord[];
  resource(logicalId: string): ResourceRecord | undefined;
  put(record: ResourceRecord): void;
  /** Takes a resource out of the stack; what is gone by a deletion or an undone creation is kept to be looked at. */
  drop(logicalId: string, status?: "DELETE_COMPLETE" | "DELETE_SKIPPED"): void;
  /** Tells of a resource's state: adds an event. */
  announce(
    record: Pick<ResourceRecord, "logicalId" | "type" | "physicalId" | "status" | "reason" | "properties">,
  ): void;
  /** Sets the stack's status and tells of it. */
  status(status: StackStatus, reason?: string): void;
  now(): number;
  newToken(): string;
}

/** All that an operation runs with. */
export interface StackWork {
  readonly journal: Journal;
  readonly target: Target;
  readonly driver: Driver;
  /** Aborts when the cloud stops; the operation resumes on the next start. */
  readonly stopping: AbortSignal;
  /** Aborts when the operation is to be given up: cancelled, or out of time. Its reason is told in events. */
  readonly givenUp: AbortSignal;
}
