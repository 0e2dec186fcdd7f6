import { Readable } from "node:stream";
import { newTraceId } from "../../../kernel/traceId.ts";
import { snapshotOf } from "../changes.ts";
import { findApi } from "../find.ts";
import type { MethodRecord, ResourceRecord, StageRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { createJournal, type Journal } from "./journal.ts";
import type { MethodRequest } from "./request.ts";
import type { MethodTarget, StageTable } from "./served.ts";
import { parametersIn } from "./stageTable.ts";

/** What a test says of the request that is to be tried. */
export interface TestInput {
  readonly restApiId: string;
  readonly httpMethod: string;
  readonly pathWithQueryString?: string | undefined;
  readonly body?: string | undefined;
  readonly headers?: Record<string, string> | undefined;
  readonly multiValueHeaders?: Record<string, string[]> | undefined;
  readonly stageVariables?: Record<string, string> | undefined;
}

/** AWS: the stage of tests. */
const TEST_STAGE = "test-invoke-stage";

/** A request that came over no connection, to an API as it is now rather than as it was deployed. */
export const testRequest = (
  room: Room,
  input: TestInput,
  { resource, ...parts }: Omit<MethodTarget, "resource"> & { readonly resource: ResourceRecord },
  signal: AbortSignal,
): MethodRequest & { readonly journal: Journal } => {
  // AWS: without a path, the resource's own stands for it, its parameters' names for their values.
  const [path = "", rawQuery = ""] = (input.pathWithQueryString || resource.path).split("?");
  const headers = pairsOf(input);
  const domainName = "testPrefix.testDomainName";
  const byName = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const parameters = parametersIn(resource.path, path) ?? {};
  return {
    http: {
      method: input.httpMethod,
      host: domainName,
      path,
      rawQuery,
      headers: byName,
      body: Readable.from([]),
      signal,
    },
    table: testTable(room, input),
    address: { apiId: input.restApiId, stageName: TEST_STAGE, fullPath: path, path },
    accountId: room.account,
    requestId: room.ids.uuid(),
    extendedRequestId: `${room.ids.mixed(15)}=`,
    time: room.clock.now(),
    sourceIp: "test-invoke-source-ip",
    domainName,
    match: {
      target: { resource, ...parts },
      parameters: Object.keys(parameters).length > 0 ? parameters : undefined,
    },
    headers,
    traceId: newTraceId(room.ids, room.clock.now()),
    bytes: Buffer.from(input.body ?? ""),
    journal: createJournal(() => room.clock.now()),
  };
};

const pairsOf = ({ headers = {}, multiValueHeaders = {} }: TestInput): (readonly [string, string])[] => [
  ...Object.entries(headers).filter(([name]) => !Object.hasOwn(multiValueHeaders, name)),
  ...Object.entries(multiValueHeaders).flatMap(([name, values]) => values.map((value) => [name, value] as const)),
];

const testTable = (room: Room, { restApiId, stageVariables = {} }: TestInput): StageTable => {
  const now = room.clock.now();
  const stage: StageRecord = {
    stageName: TEST_STAGE,
    deploymentId: "",
    variables: stageVariables,
    createdAt: now,
    updatedAt: now,
  };
  return { api: findApi(room, restApiId), stage, snapshot: snapshotOf(room, restApiId), match: () => undefined };
};

/** What a method has of its API beside it. */
export const targetOf = (
  room: Room,
  apiId: string,
  method: MethodRecord,
): Pick<MethodTarget, "authorizer" | "validator"> => ({
  authorizer: method.authorizerId === undefined ? undefined : room.authorizers.get([apiId, method.authorizerId]),
  validator:
    method.requestValidatorId === undefined ? undefined : room.validators.get([apiId, method.requestValidatorId]),
});

/** A test's log. AWS: times as Java writes them, and a line's end after the last. */
export const testLog = (requestId: string, { lines }: Journal): string =>
  [`Execution log for request ${requestId}`, ...lines.map(({ time, text }) => `${javaTime(time)} : ${text}`), ""].join(
    "\n",
  );

/** `Thu Jan 01 00:00:00 UTC 1970` */
const javaTime = (time: number): string => {
  const [, day, date, month, year, clock] =
    /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(time).toUTCString()) ?? [];
  return `${day} ${month} ${date} ${clock} UTC ${year}`;
};
