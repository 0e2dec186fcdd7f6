import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import { newTraceId } from "../../kernel/traceId.ts";
import type { EnvironmentHost } from "./environmentHost.ts";
import type { NextEvent } from "./runtimeSession.ts";
import type { Invocation } from "./spec.ts";

/** An invocation as its process gets it. */
export const nextEvent = (
  invocation: Invocation,
  deadlineMs: number,
  { ids, clock }: Pick<EnvironmentHost, "ids" | "clock">,
): NextEvent => ({
  requestId: invocation.requestId,
  deadlineMs,
  invokedFunctionArn: invocation.invokedFunctionArn,
  traceId: invocation.traceId ?? unsampled(ids, clock),
  ...(invocation.clientContext ? { clientContext: invocation.clientContext } : {}),
  payload: invocation.payload,
});

/** What extensions are told of it. */
export const extensionEvent = ({ deadlineMs, requestId, invokedFunctionArn, traceId }: NextEvent) => ({
  deadlineMs,
  requestId,
  invokedFunctionArn,
  tracing: { type: "X-Amzn-Trace-Id", value: traceId },
});

/** A trace that is not sampled, as functions without active tracing get. */
const unsampled = (ids: Ids, clock: Clock): string => `${newTraceId(ids, clock.now())};Parent=${ids.hex(16)};Sampled=0`;

/** `2026/01/31` */
export const logDate = (time: number): string => new Date(time).toISOString().slice(0, 10).replaceAll("-", "/");

/** The line that everybody's alarms look for. */
export const timeoutLine = (time: string, message: string): string =>
  `${time} ${message.replace("RequestId: ", "").replace(" Error:", "")}\n\n`;
