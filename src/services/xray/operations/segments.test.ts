import { BatchGetTracesCommand, PutTelemetryRecordsCommand, PutTraceSegmentsCommand } from "@aws-sdk/client-xray";
import { expect, test } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import { DAY_MS } from "../../../kernel/clock.ts";
import { SHOP, segmentId, traceId, xrayCloud } from "../testXray.ts";

/** The documents of the trace, as they are given back. */
const documentsOf = async ({ cloud, xray }: Awaited<ReturnType<typeof xrayCloud>>) => {
  const { Traces = [] } = await xray.send(new BatchGetTracesCommand({ TraceIds: [traceId(cloud)] }));
  return Traces[0]?.Segments?.map(({ Document = "" }) => JSON.parse(Document)) ?? [];
};

test("a trace is given back with what was inferred from its calls, and with how long it took", async () => {
  await using made = await xrayCloud();
  const { cloud, xray, now, send } = made;
  const [call] = SHOP.subsegments;
  const called = { ...call, start_time: now + 0.25, end_time: now + 0.75 };
  expect(await send({ ...SHOP, subsegments: [called] })).toMatchObject({ UnprocessedTraceSegments: [] });
  const unknown = traceId(cloud, 9);
  const { Traces, UnprocessedTraceIds } = await xray.send(
    new BatchGetTracesCommand({ TraceIds: [traceId(cloud), unknown] }),
  );
  expect(UnprocessedTraceIds).toEqual([unknown]);
  expect(Traces).toMatchObject([{ Id: traceId(cloud), Duration: 1, LimitExceeded: false }]);
  const [shop, table] = await documentsOf(made);
  expect(shop).toMatchObject({ name: "shop", trace_id: traceId(cloud), subsegments: [called] });
  expect(table).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    name: "DynamoDB",
    start_time: now + 0.25,
    end_time: now + 0.75,
    parent_id: call.id,
    inferred: true,
    aws: call.aws,
    trace_id: traceId(cloud),
    origin: "AWS::DynamoDB::Table",
  });
});

test("subsegments that come by themselves are put below their parents, whatever comes first", async () => {
  await using made = await xrayCloud();
  const { now, send } = made;
  await send({ name: "inner", id: segmentId(3), parent_id: segmentId(2), type: "subsegment" });
  await send({ name: "outer", id: segmentId(2), parent_id: segmentId(1), type: "subsegment" });
  await send({ name: "lost", id: segmentId(4), parent_id: segmentId(99), type: "subsegment", start_time: now + 0.5 });
  await send({ name: "app", id: segmentId(1) });
  const [app, lost, ...others] = await documentsOf(made);
  expect(app).toMatchObject({ name: "app", subsegments: [{ name: "outer", subsegments: [{ name: "inner" }] }] });
  expect(app.subsegments[0]).not.toHaveProperty("parent_id");
  expect(lost).toMatchObject({ name: "lost", type: "subsegment" });
  expect(others).toEqual([]);
});

test("a whole segment takes the place of the one that was under way, and not the other way round", async () => {
  await using made = await xrayCloud();
  const { send } = made;
  const open = { name: "app", id: segmentId(1), end_time: undefined, in_progress: true };
  await send(open);
  expect(await documentsOf(made)).toMatchObject([{ in_progress: true }]);
  await send({ name: "app", id: segmentId(1) });
  await send(open);
  const [app] = await documentsOf(made);
  expect(app).not.toHaveProperty("in_progress");
});

test("a service that answers for itself is not inferred, nor one that is yet to do so", async () => {
  await using made = await xrayCloud();
  const { send } = made;
  const call = (id: number, request: object) => ({
    ...{ id: segmentId(id), name: "next", namespace: "remote", start_time: 0, end_time: 0 },
    http: { request },
  });
  await send({ name: "app", id: segmentId(1), subsegments: [call(2, {}), call(3, { traced: true }), call(4, {})] });
  await send({ name: "next", id: segmentId(5), parent_id: segmentId(2) });
  const inferred = (await documentsOf(made)).filter((document) => document.inferred);
  expect(inferred).toMatchObject([{ name: "next", parent_id: segmentId(4) }]);
  expect(inferred[0]).not.toHaveProperty("origin");
});

test("each document that is not right is told with its id and why, and the others are kept", async () => {
  await using made = await xrayCloud();
  const { cloud, xray, now } = made;
  const right = { name: "app", id: segmentId(1), trace_id: traceId(cloud), start_time: now, end_time: now };
  const old = Math.floor((cloud.clock.now() - 31 * DAY_MS) / 1000).toString(16);
  const cases: readonly (readonly [string, unknown])[] = [
    ["ParseError", "{"],
    ["ParseError", []],
    ["MissingTraceId", { ...right, trace_id: undefined }],
    ["InvalidTraceId", { ...right, trace_id: "1-2-3" }],
    ["InvalidTraceId", { ...right, trace_id: `1-${old}-${"0".repeat(24)}` }],
    ["MissingId", { ...right, id: undefined }],
    ["InvalidId", { ...right, id: "short" }],
    ["InvalidParentId", { ...right, parent_id: "short" }],
    ["MissingParentId", { ...right, type: "subsegment" }],
    ["InvalidName", { ...right, name: "a|b" }],
    ["MissingStartTime", { ...right, start_time: "now" }],
    ["MissingEndTime", { ...right, end_time: undefined }],
    ["InvalidEndTime", { ...right, end_time: now - 1 }],
    ["InvalidName", { ...right, subsegments: [{ ...right, name: "" }] }],
    ["SegmentTooLarge", { ...right, metadata: { text: "x".repeat(65_536) } }],
  ];
  const texts = cases.map(([, given]) => (typeof given === "string" ? given : JSON.stringify(given)));
  const { UnprocessedTraceSegments } = await xray.send(
    new PutTraceSegmentsCommand({ TraceSegmentDocuments: [...texts, JSON.stringify(right)] }),
  );
  expect(UnprocessedTraceSegments?.map(({ ErrorCode }) => ErrorCode)).toEqual(cases.map(([code]) => code));
  expect(UnprocessedTraceSegments?.[4]).toEqual({
    Id: segmentId(1),
    ErrorCode: "InvalidTraceId",
    Message: "Invalid segment. ErrorCode: InvalidTraceId",
  });
  expect(await documentsOf(made)).toMatchObject([{ name: "app" }]);
});

test("traces go after thirty days, when others come", async () => {
  await using made = await xrayCloud();
  const { cloud, xray, send } = made;
  const first = traceId(cloud);
  await send({ name: "app", id: segmentId(1) });
  cloud.clock.advance(31 * DAY_MS);
  const later = {
    trace_id: traceId(cloud),
    start_time: cloud.clock.now() / 1000,
    in_progress: true,
    end_time: undefined,
  };
  await send({ name: "app", id: segmentId(1), ...later });
  const { UnprocessedTraceIds } = await xray.send(new BatchGetTracesCommand({ TraceIds: [first, traceId(cloud)] }));
  expect(UnprocessedTraceIds).toEqual([first]);
});

test("at most five traces are asked for at once, and what a daemon tells of itself is taken", async () => {
  await using made = await xrayCloud();
  const { cloud, xray } = made;
  const six = [1, 2, 3, 4, 5, 6].map((number) => traceId(cloud, number));
  for (const TraceIds of [[], six])
    expect(await refusal(xray.send(new BatchGetTracesCommand({ TraceIds })))).toMatch(/^InvalidRequestException: /);
  const records = { TelemetryRecords: [{ Timestamp: new Date(), SegmentsSentCount: 1 }] };
  expect(await refusal(xray.send(new PutTelemetryRecordsCommand(records)))).toBeUndefined();
});
