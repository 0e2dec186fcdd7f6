import { type Invocation, type InvocationResult, Throttled } from "../../engines/function/spec.ts";
import type { FoundVersion } from "./find.ts";
import type { Room } from "./room.ts";

/** Runs a version, and records what CloudWatch and X-Ray show of it. `qualifier` is what the caller named: an alias, a version, or nothing. */
export const runVersion = async (
  room: Pick<Room, "engine" | "specs" | "gauge" | "tracing">,
  { record, version }: FoundVersion,
  qualifier: string | undefined,
  invocation: Invocation,
): Promise<InvocationResult> => {
  const done = room.gauge.begin(record.name, qualifier, version.version);
  const spec = room.specs.of(record, version);
  const traced = room.tracing.begin(spec, invocation);
  try {
    const result = await room.engine.invoke(spec, traced.invocation);
    done({ outcome: result.outcome, durationMs: result.durationMs });
    traced.end?.(result);
    return result;
  } catch (error) {
    done({ outcome: error instanceof Throttled ? "throttled" : "failed" });
    if (error instanceof Throttled) traced.end?.("throttled");
    throw error;
  }
};
