import type { FunctionSpec, Invocation, InvocationResult } from "../../engines/function/spec.ts";
import { createReservoir } from "../../engines/tracing/reservoir.ts";
import type { SegmentSender } from "../../engines/tracing/sender.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { isSampled, sampledAs } from "../../kernel/traceId.ts";
import { functionSegments } from "./segments.ts";

/** Decides which invocations are traced, and tells X-Ray of those. */
export interface Tracing {
  begin(spec: FunctionSpec, invocation: Invocation): TracedInvocation;
}

interface TracedInvocation {
  /** With the decision in its header. */
  readonly invocation: Invocation;
  /** To be called with how it went; absent where it is not traced. */
  readonly end?: (result: InvocationResult | "throttled") => void;
}

/** AWS: of what nobody has decided about, one request each second and one in twenty of the others; rules do not change that. */
const RATES = { reservoirSize: 1, fixedRate: 0.05 };

/** AWS: whatever a trace's header decides holds; a function with active tracing decides where it does not. */
export const createTracing = (
  { account, clock, ids }: Pick<RoomDeps, "account" | "clock" | "ids">,
  segments: SegmentSender<Sender>,
): Tracing => {
  const reservoir = createReservoir({ clock, ids });
  return {
    begin: (spec, given) => {
      const { traceId } = given;
      if (traceId === undefined) return { invocation: given };
      const decided = isSampled(traceId);
      const sampled = decided ?? (spec.isTraced === true && reservoir.decide(spec.functionName, RATES));
      const invocation = decided === undefined ? { ...given, traceId: sampledAs(traceId, sampled) } : given;
      if (!sampled) return { invocation };
      const startedAt = clock.now();
      return {
        invocation,
        end: (result) => {
          const times = { startedAt, endedAt: clock.now() };
          segments.send(spec, functionSegments({ account, newId: () => ids.hex(16), invocation, result, ...times }));
        },
      };
    },
  };
};

type Sender = Pick<FunctionSpec, "roleArn" | "functionName">;

/** Segments go as the function's role: AWS takes none of a function whose role may not send them. */
export const senderName = ({ roleArn, functionName }: Sender): string => `${functionName} as ${roleArn}`;
