import type { CloudEvent, Events } from "../../../kernel/events.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { MAX_WAITING_LINES } from "../limits.ts";
import { createAwaited } from "./awaited.ts";

/** Follows the runs that pipelines begin for a push, in lines for the one who pushed. */
export interface Follower {
  /** Lines as things happen, until every followed run has ended, waits for a person, or the signal aborts. */
  lines(heads: readonly string[], wait: boolean, signal: AbortSignal): AsyncIterable<string>;
  close(): void;
}

interface Followed {
  readonly pipeline: string;
  readonly executionId: string;
  readonly commit: string;
  readonly ahead: number;
}

/** Begins to listen, before the push is announced, so that nothing is missed. */
export const followRuns = (events: Events): Follower => {
  const accepted: Followed[] = [];
  const awaited = createAwaited();
  const queue: CloudEvent[] = [];
  let wake = () => {};
  const stop = events.subscribe((event) => {
    awaited.take(event);
    if (event.source === "aloft.codepipeline" && event.detailType === "Push Accepted")
      accepted.push(followedOf(event.detail));
    else if (SOURCES.includes(event.source)) {
      if (queue.length < MAX_WAITING_LINES) queue.push(event);
      wake();
    }
  });
  const next = async (signal: AbortSignal): Promise<CloudEvent | undefined> => {
    while (queue.length === 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = () => {
          signal.removeEventListener("abort", wake);
          resolve();
        };
        signal.addEventListener("abort", wake, { once: true });
      });
    }
    return queue.shift();
  };
  return {
    async *lines(heads, wait, signal) {
      const own = accepted.filter(({ commit }) => heads.includes(commit));
      const rules = awaited.deliveriesFor(heads);
      if (own.length === 0 && rules.size === 0) yield "No pipeline takes its source from here.";
      for (const run of own) yield* greeting(run);
      if (!wait) for (const pipeline of rules.values()) yield `A rule starts the pipeline ${pipeline}`;
      const open = new Set(own.map(({ executionId }) => executionId));
      while (wait && open.size + rules.size > 0) {
        const event = await next(signal);
        if (!event) return;
        yield* ruleLines(event, rules, open);
        const id = text(event.detail, "execution-id");
        if (!open.has(id)) continue;
        yield* linesOf(event);
        if (isEnd(event)) open.delete(id);
      }
    },
    close: stop,
  };
};

const SOURCES = ["aws.codepipeline", "aloft.codepipeline", "aloft.events"];

/** What becomes of the pipelines that rules start: each is followed once it runs. */
function* ruleLines(
  { detailType, detail }: CloudEvent,
  rules: Map<string, string>,
  open: Set<string>,
): Iterable<string> {
  const delivery = text(detail, "delivery");
  const pipeline = rules.get(delivery);
  if (pipeline === undefined) return;
  if (detailType === "Rule Accepted") {
    const run = followedOf(detail);
    open.add(run.executionId);
    yield* greeting(run);
  } else if (detailType === "Pipeline Tried") {
    rules.delete(delivery);
    if ("cause" in detail) yield `The pipeline ${pipeline} was not started by its rule: ${text(detail, "cause")}`;
  }
}

function* greeting({ pipeline, executionId, ahead }: Followed): Iterable<string> {
  yield `Pipeline ${pipeline}, execution ${executionId}`;
  if (ahead > 0) yield `  waits for ${ahead === 1 ? "the execution" : `${ahead} executions`} before it`;
}

const followedOf = (detail: JsonObject): Followed => ({
  pipeline: text(detail, "pipeline"),
  executionId: text(detail, "execution-id"),
  commit: text(detail, "commit"),
  ahead: Number(detail["ahead"] ?? 0),
});

function* linesOf({ source, detailType, detail }: CloudEvent): Iterable<string> {
  if (source === "aloft.codepipeline") yield* endLines(detail);
  else if (detailType === "CodePipeline Action Execution State Change") {
    const state = text(detail, "state");
    yield `  ${text(detail, "stage")} / ${text(detail, "action")}  ${WORDS[state] ?? state.toLowerCase()}`;
  }
}

const WORDS: Readonly<Record<string, string>> = { STARTED: "started", SUCCEEDED: "succeeded", FAILED: "FAILED" };

/** Our own event of a run's end carries what the builder wants to see: the addresses, or what went wrong. */
function* endLines(detail: JsonObject): Iterable<string> {
  const lines = detail["lines"];
  if (Array.isArray(lines)) for (const line of lines) yield String(line);
}

const isEnd = ({ source, detailType }: CloudEvent): boolean =>
  source === "aloft.codepipeline" && (detailType === "Execution Ended" || detailType === "Approval Needed");

const text = (detail: JsonObject, name: string): string => {
  const value = detail[name];
  return typeof value === "string" ? value : "";
};
