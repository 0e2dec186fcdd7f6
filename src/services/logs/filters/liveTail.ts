import type { MessageMatcher } from "../filterPattern/messageMatcher.ts";
import { MAX_LIVE_TAIL_BUFFER, MAX_LIVE_TAIL_EVENTS } from "../limits.ts";
import type { LogEvent, StreamRecord } from "../records.ts";

/** An event as a session shows it. */
export interface TailedEvent {
  readonly logGroupIdentifier: string;
  readonly logStreamName: string;
  readonly message: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
}

/** What a session shows; without names or prefixes, every stream of its groups. */
export interface TailScope {
  readonly account: string;
  readonly groups: ReadonlySet<string>;
  readonly streams: readonly string[] | undefined;
  readonly prefixes: readonly string[] | undefined;
  readonly matches: MessageMatcher;
}

/** One session of Live Tail: what came in since it was last asked. */
export class LiveTail {
  private waiting: TailedEvent[] = [];
  private readonly scope: TailScope;

  constructor(scope: TailScope) {
    this.scope = scope;
  }

  hear({ group, name }: StreamRecord, events: readonly LogEvent[], ingestionTime: number): void {
    const { account, groups, streams, prefixes, matches } = this.scope;
    if (!groups.has(group) || streams?.includes(name) === false) return;
    if (prefixes?.some((prefix) => name.startsWith(prefix)) === false) return;
    for (const [timestamp, message] of events) {
      if (!matches(message)) continue;
      const logGroupIdentifier = `${account}:${group}`;
      this.waiting.push({ logStreamName: name, logGroupIdentifier, message, timestamp, ingestionTime });
    }
    if (this.waiting.length > MAX_LIVE_TAIL_BUFFER) this.waiting = this.waiting.slice(-MAX_LIVE_TAIL_BUFFER);
  }

  /** What there is to show now: of more than an update holds, some from its whole length. */
  take(): { readonly events: readonly TailedEvent[]; readonly sampled: boolean } {
    const heard = this.waiting;
    this.waiting = [];
    const sampled = heard.length > MAX_LIVE_TAIL_EVENTS;
    if (!sampled) return { events: heard, sampled };
    const step = heard.length / MAX_LIVE_TAIL_EVENTS;
    const isShown = (at: number) => Math.floor(at / step) !== Math.floor((at - 1) / step);
    return { events: heard.filter((_event, at) => isShown(at)), sampled };
  }
}
