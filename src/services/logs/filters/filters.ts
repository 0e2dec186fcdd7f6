import { parseFilterPattern } from "../filterPattern/filterPattern.ts";
import type { MessageMatcher } from "../filterPattern/messageMatcher.ts";
import type { LogRecords, MetricFilterRecord, SubscriptionRecord } from "../records.ts";

/** A filter with its pattern read. */
export interface Compiled<R> {
  readonly record: R;
  readonly matches: MessageMatcher;
}

/** The filters of one group. */
export interface GroupFilters {
  readonly metrics: readonly Compiled<MetricFilterRecord>[];
  readonly subscriptions: readonly Compiled<SubscriptionRecord>[];
}

/** Each group's filters, read once: every PutLogEvents asks. */
export interface Filters {
  of(group: string): GroupFilters;
  forget(group: string): void;
}

export const createFilters = ({ metricFilters, subscriptions }: LogRecords): Filters => {
  const known = new Map<string, GroupFilters>();
  return {
    of: (group) => {
      const found = known.get(group);
      if (found) return found;
      const made = {
        metrics: [...metricFilters.range({ prefix: [group] })].map(({ value }) => compiled(value)),
        subscriptions: [...subscriptions.range({ prefix: [group] })].map(({ value }) => compiled(value)),
      };
      known.set(group, made);
      return made;
    },
    forget: (group) => {
      known.delete(group);
    },
  };
};

const compiled = <R extends { readonly pattern: string }>(record: R): Compiled<R> => ({
  record,
  matches: parseFilterPattern(record.pattern),
});
