import type { PipeRecord } from "../records.ts";

/** The patterns of which one must fit an event; undefined where a pipe takes every event. */
export const patternsOf = ({ sourceParameters: { FilterCriteria } }: PipeRecord): readonly string[] | undefined =>
  FilterCriteria?.Filters?.flatMap(({ Pattern }) => (Pattern === undefined ? [] : [Pattern]));
