import type * as sdk from "@aws-sdk/client-apigatewayv2";
import { createIssuerKeys, type IssuerKeys } from "../../engines/openId/issuerKeys.ts";
import type { OperationName } from "../../kernel/aws.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { createTimeouts, type Timeouts } from "../../kernel/timeouts.ts";
import { type AccessLog, createAccessLog } from "./dataPlane/accessLog.ts";
import type { RememberedDecision, RouteTable } from "./dataPlane/model.ts";
import { createThrottle, type Throttle } from "./dataPlane/throttle.ts";
import { type Connections, createConnections } from "./dataPlane/webSocket/connections.ts";
import { type ApiRecords, openApiRecords } from "./records.ts";

/** An operation of API Gateway's HTTP APIs. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"apigatewayv2", O>;

/** The state of HTTP APIs in one account and region. */
export interface Room extends ApiRecords, RoomDeps {
  /** Route tables by `API/stage`, made on first use and forgotten with every change; null: there is no such stage. */
  readonly tables: Map<string, RouteTable | null>;
  readonly timeouts: Timeouts;
  readonly accessLog: AccessLog;
  /** What Lambda authorizers decided lately. */
  readonly decisions: Map<string, RememberedDecision>;
  readonly connections: Connections;
  readonly issuerKeys: IssuerKeys;
  readonly throttle: Throttle;
}

export const openRoom = (deps: RoomDeps): Room => {
  return {
    ...deps,
    ...openApiRecords(deps.records),
    tables: new Map(),
    timeouts: createTimeouts(),
    accessLog: createAccessLog(deps),
    decisions: new Map(),
    connections: createConnections(),
    issuerKeys: createIssuerKeys(),
    throttle: createThrottle(),
  };
};
