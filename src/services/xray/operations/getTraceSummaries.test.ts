import { GetTraceSummariesCommand, type GetTraceSummariesCommandInput } from "@aws-sdk/client-xray";
import { expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { SHOP, segmentId, traceId, xrayCloud } from "../testXray.ts";

type Made = Awaited<ReturnType<typeof xrayCloud>>;

const MINUTE = 60_000;

const summariesOf = ({ cloud, xray }: Made, more: Partial<GetTraceSummariesCommandInput> = {}) => {
  const now = cloud.clock.now();
  const range = { StartTime: new Date(now - MINUTE), EndTime: new Date(now + MINUTE) };
  return xray.send(new GetTraceSummariesCommand({ ...range, ...more }));
};

test("a summary tells what the request was, who took part, and what was noted", async () => {
  await using made = await xrayCloud();
  const { cloud, now, send } = made;
  await send(SHOP);
  const { TraceSummaries, TracesProcessedCount, ApproximateTime } = await summariesOf(made);
  const shop = { Name: "shop", Names: ["shop"], AccountId: TEST_ACCOUNT, Type: "AWS::EC2::Instance" };
  const carts = { Name: "carts", Names: ["carts"], AccountId: TEST_ACCOUNT, Type: "AWS::DynamoDB::Table" };
  expect(TracesProcessedCount).toBe(1);
  expect(ApproximateTime).toEqual(new Date(cloud.clock.now()));
  expect(TraceSummaries).toMatchObject([
    {
      Id: traceId(cloud),
      StartTime: new Date(now * 1000),
      Duration: 1,
      ResponseTime: 1,
      HasFault: false,
      HasError: false,
      HasThrottle: false,
      IsPartial: false,
      Http: {
        HttpURL: "http://shop.example.com/v2/cart",
        HttpStatus: 200,
        HttpMethod: "GET",
        UserAgent: "curl",
        ClientIp: "10.0.0.1",
      },
      Annotations: {
        tier: [{ AnnotationValue: { StringValue: "gold" }, ServiceIds: [shop] }],
        age: [{ AnnotationValue: { NumberValue: 30 } }],
        vip: [{ AnnotationValue: { BooleanValue: true } }],
      },
      Users: [{ UserName: "alice", ServiceIds: [shop] }],
      InstanceIds: [{ Id: "i-1" }],
      AvailabilityZones: [{ Name: "us-east-1a" }],
      EntryPoint: shop,
      FaultRootCauses: [],
      ErrorRootCauses: [],
      Revision: 1,
    },
  ]);
  expect(TraceSummaries?.[0]?.ServiceIds).toEqual(expect.arrayContaining([shop, carts]));
});

test("a fault is followed to where it came from", async () => {
  await using made = await xrayCloud();
  const exceptions = [{ id: segmentId(7), type: "TimeoutError", message: "too slow" }];
  const [call] = SHOP.subsegments;
  const failing = { ...call, fault: true, cause: { exceptions } };
  await made.send({ ...SHOP, fault: true, subsegments: [{ ...call, id: segmentId(5) }, failing] });
  const { TraceSummaries } = await summariesOf(made);
  expect(TraceSummaries?.[0]).toMatchObject({
    HasFault: true,
    FaultRootCauses: [
      {
        ClientImpacting: true,
        Services: [
          {
            Name: "shop",
            Inferred: false,
            EntityPath: [
              { Name: "shop", Exceptions: [] },
              { Name: "DynamoDB", Remote: true },
            ],
          },
          {
            ...{ Name: "carts", Type: "AWS::DynamoDB::Table", Inferred: true },
            EntityPath: [{ Name: "DynamoDB", Exceptions: [{ Name: "TimeoutError", Message: "too slow" }] }],
          },
        ],
      },
    ],
  });
});

test("times are those of ids, of what was active, or of what ended", async () => {
  await using made = await xrayCloud();
  const { cloud, now, send } = made;
  await send({ ...SHOP, start_time: now, end_time: now + 600 });
  const at = (minutes: number) => new Date(cloud.clock.now() + minutes * MINUTE);
  const found = async (TimeRangeType: "TraceId" | "Event" | "Service", from: number, to: number) => {
    const { TraceSummaries } = await summariesOf(made, { StartTime: at(from), EndTime: at(to), TimeRangeType });
    return TraceSummaries?.length;
  };
  expect([await found("TraceId", 0, 1), await found("TraceId", 1, 2), await found("TraceId", -1, 0)]).toEqual([
    1, 0, 0,
  ]);
  expect([await found("Event", -1, 1), await found("Event", 4, 5), await found("Event", 11, 12)]).toEqual([1, 1, 0]);
  expect([await found("Service", 4, 5), await found("Service", 9, 11)]).toEqual([0, 1]);
});

test("traces are paged, and a strategy takes a share of them", async () => {
  await using made = await xrayCloud();
  const { cloud, xray, send } = made;
  const number = (index: number) => ({ ...SHOP, trace_id: traceId(cloud, index + 1), subsegments: [] });
  await send(...Array.from({ length: 150 }, (_, index) => number(index)));
  const first = await summariesOf(made);
  const rest = await summariesOf(made, { NextToken: first.NextToken });
  expect([first.TraceSummaries?.length, rest.TraceSummaries?.length, rest.NextToken]).toEqual([100, 50, undefined]);
  expect(new Set([...(first.TraceSummaries ?? []), ...(rest.TraceSummaries ?? [])].map(({ Id }) => Id)).size).toBe(150);
  const half = await summariesOf(made, { Sampling: true, SamplingStrategy: { Name: "FixedRate", Value: 0.5 } });
  expect(half.TraceSummaries?.length).toBe(75);
  xray.destroy();
});

test("what cannot be asked is refused", async () => {
  await using made = await xrayCloud();
  const cases: readonly Partial<GetTraceSummariesCommandInput>[] = [
    { EndTime: new Date(0) },
    { FilterExpression: "colour = 1" },
    { NextToken: "nonsense" },
    { TimeRangeType: "Never" as never },
    { SamplingStrategy: { Name: "FixedRate", Value: 2 } },
  ];
  for (const more of cases)
    expect(await refusal(summariesOf(made, more)), JSON.stringify(more)).toMatch(/^InvalidRequestException: /);
});
