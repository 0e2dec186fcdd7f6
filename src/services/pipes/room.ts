import type * as sdk from "@aws-sdk/client-pipes";
import { createTokens, type Tokens } from "../../engines/connections/tokens.ts";
import { createTurns, type Turns } from "../../engines/connections/turns.ts";
import { createPolling, type Polling } from "../../engines/eventSources/polling.ts";
import { callHttp } from "../../engines/gateway/httpCall.ts";
import type { OperationName } from "../../kernel/aws.ts";
import { type Clock, systemClock } from "../../kernel/clock.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { createPipeMeter, type PipeMeter } from "./meter.ts";
import { type Collections, openCollections } from "./records.ts";

/** An operation of EventBridge Pipes. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"pipes", O>;

/** EventBridge Pipes in one account and region. */
export interface Room extends Collections, RoomDeps {
  readonly polling: Polling;
  readonly meter: PipeMeter;
  /** The machine's time, for what must go on while the cloud's stands still. */
  readonly machineClock: Clock;
  /** Of the API destinations that pipes ask. */
  readonly tokens: Tokens;
  readonly turns: Turns;
}

export const openRoom = (deps: RoomDeps): Room => {
  const { signal } = deps.contextAs({ kind: "service", account: deps.account, service: "pipes.amazonaws.com" });
  return {
    ...deps,
    ...openCollections(deps.records),
    polling: createPolling(deps.tasks, "pipe", signal),
    meter: createPipeMeter(deps),
    machineClock: systemClock(),
    tokens: createTokens(deps, (question, until) => callHttp(deps, question, until)),
    turns: createTurns(deps),
  };
};
