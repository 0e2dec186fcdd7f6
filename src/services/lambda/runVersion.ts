import { type Invocation, type InvocationResult, Throttled } from "../../engines/function/spec.ts";
import type { FoundVersion } from "./find.ts";
import type { Room } from "./room.ts";

/** Runs a version, and records what CloudWatch shows of it. `qualifier` is what the caller named: an alias, a version, or nothing. */
export const runVersion = async (
  room: Pick<Room, "engine" | "specs" | "gauge">,
  { record, version }: FoundVersion,
  qualifier: string | undefined,
  invocation: Invocation,
): Promise<InvocationResult> => {
  const done = room.gauge.begin(record.name, qualifier, version.version);
  try {
    const result = await room.engine.invoke(room.specs.of(record, version), invocation);
    done({ outcome: result.outcome, durationMs: result.durationMs });
    return result;
  } catch (error) {
    done({ outcome: error instanceof Throttled ? "throttled" : "failed" });
    throw error;
  }
};
