import type { UnbuiltFeature } from "../control.ts";
import type { CallView } from "./calls.ts";

/** What was asked for among calls and is not built, each once, in the order they come. */
export const unbuiltCalls = (calls: Iterable<CallView>): readonly UnbuiltFeature[] => {
  const found = new Map<string, UnbuiltFeature>();
  for (const { error, time } of calls) {
    if (error?.code !== "NotImplemented") continue;
    const known = found.get(error.message);
    found.set(
      error.message,
      known ? { ...known, times: known.times + 1 } : { message: error.message, times: 1, last: time },
    );
  }
  return [...found.values()];
};
