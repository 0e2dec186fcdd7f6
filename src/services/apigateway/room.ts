import type * as sdk from "@aws-sdk/client-api-gateway";
import { createTokenBuckets, type TokenBuckets } from "../../engines/gateway/tokenBuckets.ts";
import type { OperationName } from "../../kernel/aws.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { createTimeouts, type Timeouts } from "../../kernel/timeouts.ts";
import { createResponseCache, type ResponseCache } from "./dataPlane/responseCache.ts";
import type { RememberedDecision, StageTable } from "./dataPlane/served.ts";
import { createStageLogs, type StageLogs } from "./dataPlane/stageLogs.ts";
import { createStageTracing, type StageTracing } from "./dataPlane/tracing.ts";
import { openRestRecords, type RestRecords } from "./records.ts";

/** An operation of API Gateway's REST APIs. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"apigateway", O>;

/** The state of REST APIs in one account and region. */
export interface Room extends Omit<RestRecords, "account">, RoomDeps {
  readonly accountSettings: RestRecords["account"];
  /** What answers requests, by `API/stage`, made on first use and forgotten with every change. */
  readonly tables: Map<string, StageTable>;
  readonly timeouts: Timeouts;
  readonly buckets: TokenBuckets;
  readonly stageLogs: StageLogs;
  readonly tracing: StageTracing;
  readonly responseCache: ResponseCache;
  /** What Lambda authorizers decided lately. */
  readonly decisions: Map<string, RememberedDecision>;
}

export const openRoom = (deps: RoomDeps): Room => {
  const { account: accountSettings, ...collections } = openRestRecords(deps.records);
  return {
    ...deps,
    ...collections,
    accountSettings,
    tables: new Map(),
    timeouts: createTimeouts(),
    buckets: createTokenBuckets(),
    stageLogs: createStageLogs({ ...deps, accountSettings }),
    tracing: createStageTracing(deps),
    responseCache: createResponseCache(),
    decisions: new Map(),
  };
};
