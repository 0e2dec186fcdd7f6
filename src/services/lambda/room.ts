import { join } from "node:path";
import type * as sdk from "@aws-sdk/client-lambda";
import { createPolling, type Polling } from "../../engines/eventSources/polling.ts";
import { createFunctionEngine, type FunctionEngine } from "../../engines/function/functionEngine.ts";
import type { FunctionSpec } from "../../engines/function/spec.ts";
import { createSegmentSender } from "../../engines/tracing/sender.ts";
import type { OperationName } from "../../kernel/aws.ts";
import { type Clock, systemClock } from "../../kernel/clock.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { type CodeStore, createCodeStore } from "./code.ts";
import { createGauge, type Gauge } from "./gauge.ts";
import { ACCOUNT_CONCURRENCY } from "./limits.ts";
import { createLogShipper } from "./logShipper.ts";
import { createNodeVersions } from "./nodeVersions.ts";
import { type LambdaRecords, openLambdaRecords } from "./records.ts";
import { type AssumeRole, createAssumeRole, createRoleSessions } from "./roleSessions.ts";
import { createSdkV2 } from "./sdkV2.ts";
import { createSpecs, type Specs } from "./specs.ts";
import { createThrottledEvents, type ThrottledEvents } from "./throttledEvents.ts";
import { createTracing, senderName, type Tracing } from "./tracing.ts";

/** An operation of Lambda. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"lambda", O>;

/** The state of Lambda in one account and region, and the engine that runs its functions. */
export interface Room extends LambdaRecords, RoomDeps {
  readonly code: CodeStore;
  readonly assumeRole: AssumeRole;
  readonly specs: Specs;
  readonly engine: FunctionEngine;
  /** What CloudWatch is told of invocations. */
  readonly gauge: Gauge;
  readonly tracing: Tracing;
  readonly polling: Polling;
  readonly throttledEvents: ThrottledEvents;
  /** The machine's time, for what must go on while the cloud's stands still. */
  readonly machineClock: Clock;
  /** Where this room keeps unpacked code, and its environments their own files. */
  readonly folders: { readonly code: () => string; readonly scratch: () => string };
}

export const openRoom = (deps: RoomDeps): Room => {
  const { records, clock, ids, cipher, tasks, blobs, endpoint, contextAs, account, region, partition } = deps;
  const lambda = openLambdaRecords(records);
  const folders = {
    code: () => join(deps.workspace("functions"), `${account}-${region}`),
    scratch: () => join(deps.workspace("environments"), `${account}-${region}`),
  };
  const code = createCodeStore(blobs, folders.code);
  const sdkV2 = createSdkV2({ clock, ids, folder: () => join(deps.workspace("runtimes"), "aws-sdk-2") });
  const newSession = createRoleSessions(deps);
  const assumeRole = createAssumeRole(deps, newSession);
  const specs = createSpecs({ ...lambda, cipher, account, region, partition });
  const nodeVersions = createNodeVersions(deps);
  const asRole = async ({ roleArn, functionName }: Pick<FunctionSpec, "roleArn" | "functionName">) =>
    contextAs((await assumeRole(roleArn, functionName)).principal);
  const segments = createSegmentSender({ tasks, nameOf: senderName, contextOf: asRole });
  const engine = createFunctionEngine({
    clock,
    ids,
    endpoint,
    trust: deps.trust,
    nodeOf: (major) => {
      const node = nodeVersions.of(major);
      return node && { file: node.file, version: `Node.js v${node.version}` };
    },
    scratchRoot: folders.scratch,
    codeFolders: (spec) => specs.folders(spec, code, sdkV2),
    credentials: async ({ roleArn, functionName }) => (await newSession(roleArn, functionName)).credentials,
    log: createLogShipper({ tasks, asRole }),
    segment: (spec, document) => segments.send(spec, [document]),
    unreservedConcurrency: () => ACCOUNT_CONCURRENCY - lambda.reserved.total(),
  });
  return {
    ...deps,
    ...lambda,
    code,
    assumeRole,
    specs,
    engine,
    gauge: createGauge(deps),
    tracing: createTracing(deps, segments),
    polling: createPolling(
      tasks,
      "event source mapping",
      contextAs({ kind: "service", account, service: "lambda.amazonaws.com" }).signal,
    ),
    throttledEvents: createThrottledEvents(clock),
    machineClock: systemClock(),
    folders,
  };
};

/** Tells Lambda's room among others, for the doors beside the API. */
export const isLambdaRoom = (room: unknown): room is Room =>
  typeof room === "object" && room !== null && "engine" in room && "specs" in room;
