import { invalidRequest } from "../errors.ts";
import type { TimeRange } from "./find.ts";

/** The time that a request names. AWS: its end must come after its start. */
export const timeRangeOf = ({
  StartTime,
  EndTime,
}: {
  readonly StartTime: Date;
  readonly EndTime: Date;
}): TimeRange => {
  const [from, to] = [StartTime.getTime(), EndTime.getTime()];
  if (from >= to) throw invalidRequest("The start time must be before the end time.");
  return { from, to };
};
