import type { Invocation, InvocationResult } from "../../engines/function/spec.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { parentOf, traceRoot } from "../../kernel/traceId.ts";

interface SegmentParts {
  readonly account: string;
  readonly newId: () => string;
  readonly invocation: Invocation;
  readonly result: InvocationResult | "throttled";
  /** Milliseconds since the epoch, in the cloud's time. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/**
 * The two segments of a traced invocation: what the service did, and below it what the function did, which is the parent of
 * what its code sends. https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
export const functionSegments = (parts: SegmentParts): readonly JsonObject[] => {
  const { invocation, result, newId, startedAt, endedAt } = parts;
  const { traceId = "", invokedFunctionArn: arn, requestId, calledFrom } = invocation;
  const id = newId();
  const name = arn.split(":")[6] ?? "";
  const shared = { name, trace_id: traceRoot(traceId), start_time: startedAt / 1000 };
  // The process ran by the machine's time, which the cloud's may stand still beside.
  const tookMs = result === "throttled" ? 0 : result.durationMs + (result.initDurationMs ?? 0);
  const end = Math.max(endedAt, startedAt + tookMs);
  const service = {
    ...shared,
    id,
    ...(calledFrom === undefined ? {} : { parent_id: calledFrom }),
    end_time: end / 1000,
    http: { response: { status: result === "throttled" ? 429 : 200 } },
    aws: { request_id: requestId },
    ...(result === "throttled" ? { throttle: true, error: true } : faultOf(result)),
    origin: "AWS::Lambda",
    resource_arn: arn,
  };
  if (result === "throttled") return [service];
  const functionStart = end - result.durationMs;
  const code = {
    ...shared,
    id: parentOf(traceId) ?? newId(),
    parent_id: id,
    start_time: functionStart / 1000,
    end_time: end / 1000,
    aws: { account_id: parts.account, function_arn: arn, resource_names: [name] },
    ...faultOf(result),
    ...causeOf(result, newId()),
    origin: "AWS::Lambda::Function",
    subsegments: [
      ...initialization(result, functionStart, newId()),
      { id: newId(), name: "Invocation", start_time: functionStart / 1000, end_time: end / 1000 },
    ],
  };
  return [service, code];
};

const faultOf = ({ outcome }: InvocationResult) => (outcome === "error" ? { fault: true } : {});

const initialization = ({ initDurationMs }: InvocationResult, until: number, id: string): readonly JsonObject[] =>
  initDurationMs === undefined
    ? []
    : [{ id, name: "Initialization", start_time: (until - initDurationMs) / 1000, end_time: until / 1000 }];

/** What the function's error document tells. */
const causeOf = ({ outcome, payload }: InvocationResult, id: string): JsonObject => {
  if (outcome !== "error") return {};
  const { errorType, errorMessage } = documentOf(payload);
  const exception = {
    id,
    ...(typeof errorType === "string" ? { type: errorType } : {}),
    ...(typeof errorMessage === "string" ? { message: errorMessage } : {}),
  };
  return { cause: { working_directory: "/var/task", exceptions: [exception] } };
};

const documentOf = (payload: Buffer): JsonObject => {
  try {
    const document: unknown = JSON.parse(payload.toString());
    return isJsonObject(document) ? document : {};
  } catch {
    // A custom runtime may describe its error in any words.
    return {};
  }
};
