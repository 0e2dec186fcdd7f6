import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { CallView } from "../../../src/console/calls.ts";
import type { CloudEvent } from "../../../src/kernel/events.ts";
import { ask, setCloudNow } from "./session.ts";
import { isLong } from "./usePages.ts";

export type { CallView, CloudEvent };

/** What the stream has told lately, the newest first. */
export interface Live {
  readonly connected: boolean;
  readonly events: readonly CloudEvent[];
  readonly calls: readonly CallView[];
  /** Calls that came too fast to be listed. */
  readonly skipped: number;
}

const MAX_KEPT = 1000;
/** Pages read again at most so often, however much happens. */
const REFRESH_MS = 400;
const REOPEN_MS = 2000;

let live: Live = { connected: false, events: [], calls: [], skipped: 0 };
const listeners = new Set<() => void>();

const change = (next: Partial<Live>): void => {
  live = { ...live, ...next };
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useLive = (): Live => useSyncExternalStore(subscribe, () => live);

interface Delivery {
  readonly events: readonly CloudEvent[];
  readonly calls: readonly CallView[];
  readonly skipped: number;
}

/**
 * Follows the cloud while the page is to be seen: what is told makes the queries of its service read again. A page in the
 * background lets go of its connection, of which a browser has few, and takes the stream up where it left it.
 */
export const followCloud = (queries: QueryClient): void => {
  let source: EventSource | undefined;
  let last: string | undefined;
  const stale = new Set<string>();
  let timer: number | undefined;
  const refresh = () => {
    timer = undefined;
    const services = new Set(stale);
    stale.clear();
    const invalidate = (long: boolean) =>
      queries.invalidateQueries({
        predicate: (query) => services.has(String(query.queryKey[0])) && isLong(query) === long,
        refetchType: long ? "none" : "active",
      });
    void invalidate(false);
    void invalidate(true);
  };
  const touch = (service: string) => {
    stale.add(service);
    if (timer === undefined) timer = window.setTimeout(refresh, REFRESH_MS);
  };
  const open = () => {
    source = new EventSource(last === undefined ? "events" : `events?after=${last}`);
    source.onopen = () => change({ connected: true });
    source.onerror = () => {
      change({ connected: false });
      // A refusal ends the stream for good: whether the session has ended is asked once more, and the stream opened again.
      if (source?.readyState === EventSource.CLOSED) window.setTimeout(reopen, REOPEN_MS);
    };
    source.addEventListener("reset", ({ lastEventId }) => {
      if (last !== undefined) void queries.invalidateQueries();
      last = lastEventId;
    });
    source.addEventListener("happened", ({ data, lastEventId }) => {
      last = lastEventId;
      take(JSON.parse(data), touch);
    });
  };
  const close = () => {
    source?.close();
    source = undefined;
  };
  const reopen = () => {
    void ask("session").catch(() => undefined);
    close();
    if (!document.hidden) open();
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) close();
    else if (!source) open();
  });
  if (!document.hidden) open();
};

const take = ({ events, calls, skipped }: Delivery, touch: (service: string) => void): void => {
  for (const event of events) for (const service of servicesOf(event)) touch(service);
  for (const call of calls) {
    touch("calls");
    for (const service of changedBy(call)) touch(service);
  }
  const latest = events.at(-1)?.time ?? calls.at(-1)?.time;
  if (latest !== undefined) setCloudNow(latest);
  change({
    events: [...events.toReversed(), ...live.events].slice(0, MAX_KEPT),
    calls: [...calls.toReversed(), ...live.calls].slice(0, MAX_KEPT),
    skipped: live.skipped + skipped,
  });
};

const servicesOf = ({ source }: CloudEvent): readonly string[] => ["events-log", source.replace(/^(aws|aloft)\./, "")];

const READS = /^(Get|List|Describe|BatchGet|Head|Query|Scan|Filter|Simulate|AssumeRole|Receive)/;

/** Whose answers a call may have changed. */
const changedBy = ({ service, operation }: CallView): readonly string[] => {
  if (operation.startsWith("Invoke")) return ["invocations", "logs"];
  return READS.test(operation) ? [] : [service];
};
