import type { Clock } from "../../kernel/clock.ts";
import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import type { Chance } from "./intrinsics.ts";

/** How a thread ended. */
export type Outcome =
  | { readonly output: JsonValue }
  | { readonly error: string; readonly cause?: string; readonly aborted?: true };

/** The item of a Map that a thread works on. */
export interface MapItem {
  readonly index: number;
  readonly value: JsonValue;
  /** The name of the Map state. */
  readonly of: string;
}

/** A task under way. */
export interface TaskRecord {
  readonly token: string;
  readonly args: JsonValue;
  readonly resource: string;
  readonly scheduledAt: number;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  readonly roleArn?: string;
  /** Whether it was said to have begun. */
  readonly isStarted?: true;
  /** What was begun elsewhere, once it is known: an execution, a build. */
  readonly external?: JsonValue;
}

/** Where one line of an execution stands: the execution itself, or a branch or an item within it. */
export interface Thread {
  /** `0`, and below it `0/1`. */
  readonly id: string;
  /** The members of the definition that lead to its states. */
  readonly scope: readonly (string | number)[];
  readonly state: string;
  readonly input: JsonValue;
  readonly variables: JsonObject;
  readonly lastEvent: number;
  readonly item?: MapItem;
  /** The state's entry, once it is entered. */
  readonly entered?: { readonly event: number; readonly at: number };
  /** Attempts by retrier. */
  readonly retries: Readonly<Record<string, number>>;
  /** Until when it waits to try again. */
  readonly retryAt?: number;
  /** Until when a Wait state waits. */
  readonly waitUntil?: number;
  readonly task?: TaskRecord;
  /** What its branches or iterations are given; they have been made. */
  readonly inputs?: readonly JsonValue[];
  /** The ARN of the map run that its items are in; it has begun. */
  readonly mapRun?: string;
  readonly outcome?: Outcome;
}

/** Where an execution is kept. All of it in one turn is one commit. */
export interface Ledger {
  get(id: string): Thread | undefined;
  save(thread: Thread): void;
  /** Forgets the threads below one. */
  clearBelow(id: string): void;
  /** Adds to the history, and answers the event's id. */
  append(type: string, previous: number, details?: JsonObject): number;
  atomically(work: () => void): void;
  committed(): Promise<void>;
}

/** A task as its integration sees it. */
export interface TaskWork {
  readonly resource: string;
  readonly args: JsonValue;
  readonly token: string;
  readonly roleArn: string | undefined;
  readonly external: JsonValue | undefined;
  readonly signal: AbortSignal;
  /** The task was taken up. */
  started(details?: JsonObject): void;
  /** The request is made, and what it began goes on elsewhere. */
  submitted(output: JsonValue, external: JsonValue): Promise<void>;
}

/** What a distributed Map is told of its items, frozen when it begins. */
export interface MapPlan {
  /** Where the definition has the states that each item runs through. */
  readonly scope: Thread["scope"];
  readonly label?: string;
  readonly executionType: "STANDARD" | "EXPRESS";
  /** 0: as many as there may be. */
  readonly maxConcurrency: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
  readonly reader?: JsonObject;
  readonly writer?: JsonObject;
  /** What each child execution is given; absent where a reader has yet to find it. */
  readonly inputs?: readonly MapInput[];
}

/** The input of one child execution, and how many items it holds. */
export interface MapInput {
  readonly input: JsonValue;
  readonly items: number;
}

/** Where the items of a distributed Map run: executions of their own. */
export interface MapRuns {
  /** Notes down a map run, within the caller's commit, and answers its ARN. */
  open(plan: MapPlan): string;
  /** Carries one to its end, from wherever it stands, and answers what leaves the Map. Throws a StateFailure. */
  carry(arn: string, prepare: (items: readonly JsonValue[]) => Promise<readonly MapInput[]>): Promise<JsonValue>;
}

/** One execution and the means to carry it on. */
export interface Run {
  readonly definition: JsonObject;
  readonly region: string;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly chance: Chance;
  /** `Execution` and `StateMachine` of the context object. */
  readonly context: JsonObject;
  readonly newToken: (thread: Thread) => string;
  /** When a task's worker last gave a sign. */
  readonly lastBeat: (token: string) => number | undefined;
  readonly mapRuns: (signal: AbortSignal) => MapRuns;
  readonly runTask: (work: TaskWork) => Promise<JsonValue>;
  /** The task with this token is over. */
  readonly forget: (token: string) => void;
}

/** What a state needs to run: `runThread` carries the threads below it. */
export interface Means {
  readonly signal: AbortSignal;
  readonly runThread: (run: Run, id: string, signal: AbortSignal) => Promise<JsonValue>;
}
