import type { JsonObject } from "./json.ts";

/** Something that happened, in the form EventBridge gives it. */
export interface CloudEvent {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** `aws.codepipeline` */
  readonly source: string;
  /** `CodePipeline Action Execution State Change` */
  readonly detailType: string;
  readonly account: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
  /** The trace that led to it, which goes on to the targets of rules; no part of the event itself. */
  readonly traceId?: string;
}

/** The one stream of what happens, to which rules, consoles and pushes listen. */
export interface Events {
  /** Announces what is already durable. Listeners run in order; one that throws is reported and does not stop the rest. */
  emit(event: CloudEvent): void;
  /** Calls the listener for each event from now on; the returned function ends it. */
  subscribe(listener: (event: CloudEvent) => void): () => void;
  /** Asks for events that are made for who asks alone, by their detail type; the returned function ends it. */
  ask(detailType: string): () => void;
  isAsked(detailType: string): boolean;
}

/** What CloudTrail tells of calls: events that are made where a rule asks for them. */
export const TRAIL_EVENT = "AWS API Call via CloudTrail";

/** An event stream within this process. */
export const createEvents = (onError: (error: unknown) => void): Events => {
  const listeners = new Set<(event: CloudEvent) => void>();
  const asked = new Set<{ readonly detailType: string }>();
  return {
    emit: (event) => {
      for (const listener of [...listeners]) {
        try {
          listener(event);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ask: (detailType) => {
      const asking = { detailType };
      asked.add(asking);
      return () => asked.delete(asking);
    },
    isAsked: (wanted) => [...asked].some(({ detailType }) => detailType === wanted),
  };
};
