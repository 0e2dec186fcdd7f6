import type { Output } from "../../api/call.ts";
import { allPages } from "../../api/pages.ts";
import { timeOf } from "../../parts/time.tsx";
import type { Stretch } from "../../parts/Waterfall.tsx";

export type HistoryEvent = NonNullable<Output<"states", "GetExecutionHistory">["events"]>[number];

export const historyOf = (executionArn: string) =>
  allPages("states", "GetExecutionHistory", { executionArn, maxResults: 1000 }, ({ events, nextToken }) => ({
    items: events,
    next: nextToken ? { nextToken } : undefined,
  }));

/** Whichever member tells more of an event. */
export const detailsOf = (event: HistoryEvent): object | undefined =>
  Object.entries(event).flatMap(([name, value]) =>
    name.endsWith("EventDetails") && value ? [value as object] : [],
  )[0];

/** How long the execution was in each state it entered; a state in a loop, or in a map, has several stretches. */
export const spansOf = (events: readonly HistoryEvent[], now: number): readonly Stretch[] => {
  const byId = new Map(events.map((event) => [event.id, event]));
  const left = new Map<number, HistoryEvent>();
  for (const event of events) {
    const entered = event.stateExitedEventDetails && enteredBefore(byId, event);
    if (entered?.id !== undefined) left.set(entered.id, event);
  }
  const end = events.findLast(({ type = "" }) => /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(type));
  return events.flatMap((event) => {
    const { name } = event.stateEnteredEventDetails ?? {};
    if (name === undefined) return [];
    const exit = left.get(event.id ?? 0);
    const status = exit ? "SUCCEEDED" : end ? "FAILED" : "IN_PROGRESS";
    return {
      id: String(event.id),
      label: name,
      status,
      from: timeOf(event.timestamp) ?? now,
      to: timeOf((exit ?? end)?.timestamp) ?? now,
      title: `${name}: ${status.toLowerCase()}`,
    };
  });
};

/** Follows what led to a state's end back to where the state was entered. */
const enteredBefore = (byId: ReadonlyMap<number | undefined, HistoryEvent>, exit: HistoryEvent) => {
  const name = exit.stateExitedEventDetails?.name;
  let event: HistoryEvent | undefined = exit;
  while (event && event.stateEnteredEventDetails?.name !== name) event = byId.get(event.previousEventId);
  return event;
};
