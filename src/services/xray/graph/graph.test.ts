import {
  CreateGroupCommand,
  GetServiceGraphCommand,
  GetTimeSeriesServiceStatisticsCommand,
  GetTraceGraphCommand,
} from "@aws-sdk/client-xray";
import { expect, test } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import { SHOP, segmentId, traceId, xrayCloud } from "../testXray.ts";

/** Two requests, of which one fails; each reads the table for half a second. */
const shopping = async () => {
  const made = await xrayCloud();
  const { cloud, now, send } = made;
  const [call] = SHOP.subsegments;
  const request = (number: number, more: object) => ({
    ...SHOP,
    trace_id: traceId(cloud, number),
    subsegments: [{ ...call, start_time: now + 0.25, end_time: now + 0.75 }],
    ...more,
  });
  const http = { ...SHOP.http, response: { status: 503 } };
  await send(request(1, {}), request(2, { http }), { name: "other", id: segmentId(1), trace_id: traceId(cloud, 3) });
  return made;
};

const range = (now: number) => ({ StartTime: new Date((now - 60) * 1000), EndTime: new Date((now + 60) * 1000) });

const counts = (ok: number, faults: number, seconds: number) => ({
  OkCount: ok,
  ErrorStatistics: { ThrottleCount: 0, OtherCount: 0, TotalCount: 0 },
  FaultStatistics: { OtherCount: faults, TotalCount: faults },
  TotalCount: ok + faults,
  TotalResponseTime: seconds,
});

test("a trace's graph has its client, its services and the calls between them", async () => {
  await using made = await shopping();
  const { cloud, xray } = made;
  const TraceIds = [traceId(cloud, 1), traceId(cloud, 2)];
  const { Services = [] } = await xray.send(new GetTraceGraphCommand({ TraceIds }));
  const [shop, client, carts] = ["AWS::EC2::Instance", "client", "AWS::DynamoDB::Table"].map((type) =>
    Services.find(({ Type }) => Type === type),
  );
  expect(Services.length).toBe(3);
  expect(client).toMatchObject({ Name: "shop", State: "unknown", Edges: [{ ReferenceId: shop?.ReferenceId }] });
  expect(client?.Edges?.[0]?.SummaryStatistics).toEqual(counts(1, 1, 2));
  expect(client).not.toHaveProperty("SummaryStatistics");
  expect(shop).toMatchObject({
    ...{ Name: "shop", Names: ["shop"], Root: true, State: "active", SummaryStatistics: counts(1, 1, 2) },
    ResponseTimeHistogram: [{ Value: 1, Count: 2 }],
    Edges: [{ ReferenceId: carts?.ReferenceId, SummaryStatistics: counts(2, 0, 1), Aliases: [] }],
  });
  expect(carts).toMatchObject({
    ...{ Name: "carts", State: "unknown", Edges: [], SummaryStatistics: counts(2, 0, 1) },
    DurationHistogram: [{ Value: 0.5, Count: 2 }],
  });
});

test("a time's graph is of all its traces, or of those of a group", async () => {
  await using made = await shopping();
  const { xray, now } = made;
  await xray.send(new CreateGroupCommand({ GroupName: "broken", FilterExpression: 'service("shop") { fault }' }));
  const graph = async (more: object) => {
    const { Services = [], ...rest } = await xray.send(new GetServiceGraphCommand({ ...range(now), ...more }));
    expect(rest).toMatchObject({ ...range(now), ContainsOldGroupVersions: false });
    return Object.fromEntries(
      Services.map(({ Name, Type, SummaryStatistics }) => [`${Name} ${Type}`, SummaryStatistics]),
    );
  };
  expect(Object.keys(await graph({})).sort()).toEqual([
    "carts AWS::DynamoDB::Table",
    "other client",
    "other undefined",
    "shop AWS::EC2::Instance",
    "shop client",
  ]);
  expect(await graph({ GroupName: "broken" })).toMatchObject({ "shop AWS::EC2::Instance": counts(0, 1, 1) });
  expect(Object.keys(await graph({ GroupName: "Default" })).length).toBe(5);
  const none = xray.send(new GetServiceGraphCommand({ ...range(now), GroupName: "none" }));
  expect(await refusal(none)).toBe("InvalidRequestException: The group does not exist.");
});

test("statistics are told by the minute, of requests, of a service or of an edge", async () => {
  await using made = await shopping();
  const { cloud, xray, now, send } = made;
  await send({ ...SHOP, trace_id: traceId(cloud, 4), start_time: now - 61, end_time: now - 60 });
  const all = { StartTime: new Date((now - 600) * 1000), EndTime: new Date((now + 60) * 1000) };
  const series = async (more: object) => {
    const command = new GetTimeSeriesServiceStatisticsCommand({ ...all, ...more });
    return (await xray.send(command)).TimeSeriesServiceStatistics;
  };
  const edges = await series({});
  expect(edges?.map(({ EdgeSummaryStatistics }) => EdgeSummaryStatistics?.TotalCount)).toEqual([1, 3]);
  expect(edges?.[1]?.Timestamp).toEqual(new Date(Math.floor(now / 60) * 60_000));
  expect((await series({ Period: 300, EntitySelectorExpression: 'service("shop")' }))?.at(-1)).toMatchObject({
    ServiceSummaryStatistics: { FaultStatistics: { TotalCount: 1 } },
  });
  const edge = await series({ EntitySelectorExpression: 'edge("shop", "carts")' });
  expect(edge?.at(-1)).toMatchObject({ EdgeSummaryStatistics: { OkCount: 2 } });
});

test.each([
  [{ Period: 7 }, "InvalidRequestException: The period must be 60 or 300 seconds."],
  [{ EntitySelectorExpression: "ok" }, "InvalidRequestException: The entity selector must be a service or an edge."],
  [{ ForecastStatistics: true }, /^NotImplemented: .*ForecastStatistics/],
])("statistics with %j are refused", async (more, message) => {
  await using made = await xrayCloud();
  const { xray, now } = made;
  const command = new GetTimeSeriesServiceStatisticsCommand({ ...range(now), ...more });
  expect(await refusal(xray.send(command))).toEqual(
    typeof message === "string" ? message : expect.stringMatching(message),
  );
});
