import type { Invocation, InvocationResult } from "../../engines/function/spec.ts";
import { parentOf, traceRoot, within } from "../../kernel/traceId.ts";
import { functionError } from "./errors.ts";
import type { FoundVersion } from "./find.ts";
import { functionArn } from "./find.ts";
import { enterChain } from "./lineage.ts";
import type { Room } from "./room.ts";
import { runVersion } from "./runVersion.ts";

type TracedInvocation = Invocation & {
  readonly traceId: string;
  readonly links?: readonly string[];
  /** The traces of what led to it, where Lambda follows loops through that. */
  readonly causes?: readonly (string | undefined)[];
};

const SEGMENT_DIGITS = 16;

/** Runs a version that no call of Invoke runs, and gives the run its line in the log of calls. `why` says what brought it about. */
export const runTold = async (
  room: Room,
  chosen: FoundVersion,
  qualifier: string | undefined,
  why: string,
  { links, causes = [], traceId, ...invocation }: TracedInvocation,
): Promise<InvocationResult> => {
  const { name } = chosen.record;
  const segment = room.ids.hex(SEGMENT_DIGITS);
  const told = {
    service: "lambda",
    operation: `Run ${name} (${why})`,
    resource: functionArn(room, name, qualifier),
    principal: { kind: "service", account: room.account, service: "lambda.amazonaws.com" },
    requestId: invocation.requestId,
    traceId,
    segment,
    ...(links?.length ? { links } : {}),
    startedAt: room.clock.now(),
  } as const;
  room.begun(told);
  try {
    const chain = enterChain(room, chosen.record, within(traceId, segment), causes);
    const calledFrom = callerIn(traceId, causes);
    const result = await runVersion(room, chosen, qualifier, { ...invocation, traceId: chain, calledFrom });
    room.served({ ...told, ...(result.outcome === "error" ? { error: functionError(result.payload) } : {}) });
    return result;
  } catch (error) {
    room.served({ ...told, error });
    throw error;
  }
};

/** The part of its own trace that brought a run about: the messages of a batch have traces of their own. */
const callerIn = (traceId: string, causes: readonly (string | undefined)[]): string | undefined => {
  const [cause, ...others] = causes;
  const isOwn = cause !== undefined && others.length === 0 && traceRoot(cause) === traceRoot(traceId);
  return isOwn ? parentOf(cause) : undefined;
};
