import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const START = Date.UTC(2026, 0, 1);
const at = (seconds: number) => new Date(START + seconds * 1000);

const cloudWithMetrics = async () => {
  const cloud = await testCloud();
  const client = cloud.client(CloudWatchClient);
  const put = (seconds: number, Value: number, more: object = {}) =>
    client.send(
      new PutMetricDataCommand({
        Namespace: "Shop",
        MetricData: [{ MetricName: "Orders", Timestamp: at(seconds), Value, Unit: "Count", ...more }],
      }),
    );
  return { cloud, client, put };
};

test("what is put is told by period and statistic", async () => {
  const { cloud, client, put } = await cloudWithMetrics();
  await using _cloud = cloud;
  for (const [seconds, value] of [
    [0, 1],
    [10, 3],
    [70, 10],
  ] as const)
    await put(seconds, value);
  const { Datapoints, Label } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: "Shop",
      MetricName: "Orders",
      StartTime: at(0),
      EndTime: at(120),
      Period: 60,
      Statistics: ["Sum", "Average", "SampleCount", "Minimum", "Maximum"],
      ExtendedStatistics: ["p50"],
    }),
  );
  expect(Label).toBe("Orders");
  expect(Datapoints).toEqual([
    {
      Timestamp: at(0),
      Unit: "Count",
      Sum: 4,
      Average: 2,
      SampleCount: 2,
      Minimum: 1,
      Maximum: 3,
      ExtendedStatistics: { p50: 2 },
    },
    {
      Timestamp: at(60),
      Unit: "Count",
      Sum: 10,
      Average: 10,
      SampleCount: 1,
      Minimum: 10,
      Maximum: 10,
      ExtendedStatistics: { p50: 10 },
    },
  ]);
});

test("metrics are listed by namespace, name and dimensions", async () => {
  const { cloud, client, put } = await cloudWithMetrics();
  await using _cloud = cloud;
  await put(0, 1, { Dimensions: [{ Name: "Shop", Value: "north" }] });
  await put(0, 1, { Dimensions: [{ Name: "Shop", Value: "south" }] });
  const { Metrics } = await client.send(
    new ListMetricsCommand({ Namespace: "Shop", Dimensions: [{ Name: "Shop", Value: "south" }] }),
  );
  expect(Metrics).toEqual([
    { Namespace: "Shop", MetricName: "Orders", Dimensions: [{ Name: "Shop", Value: "south" }] },
  ]);
});

test("metric math works on what was put", async () => {
  const { cloud, client, put } = await cloudWithMetrics();
  await using _cloud = cloud;
  await put(0, 4);
  await put(120, 8);
  const MetricStat = { Metric: { Namespace: "Shop", MetricName: "Orders" }, Period: 60, Stat: "Sum" };
  const { MetricDataResults } = await client.send(
    new GetMetricDataCommand({
      StartTime: at(0),
      EndTime: at(180),
      ScanBy: "TimestampAscending",
      MetricDataQueries: [
        { Id: "m1", MetricStat, ReturnData: false },
        { Id: "doubled", Expression: "m1 * 2 + 1", Label: "twice" },
        { Id: "filled", Expression: "FILL(m1, 0)" },
        { Id: "share", Expression: "100 * m1 / SUM(m1)" },
        { Id: "picked", Expression: "IF(m1 > 5, m1, 0)" },
      ],
    }),
  );
  expect(MetricDataResults?.map(({ Id, Label, Values }) => [Id, Label, Values])).toEqual([
    ["doubled", "twice", [9, 17]],
    ["filled", "filled", [4, 0, 8]],
    ["share", "share", [100 / 3, 200 / 3]],
    ["picked", "picked", [0, 8]],
  ]);
});

test("GetMetricData answers in pages", async () => {
  const { cloud, client, put } = await cloudWithMetrics();
  await using _cloud = cloud;
  for (const minute of [0, 1, 2]) await put(minute * 60, minute);
  const input = {
    StartTime: at(0),
    EndTime: at(180),
    MaxDatapoints: 2,
    MetricDataQueries: [
      { Id: "m", MetricStat: { Metric: { Namespace: "Shop", MetricName: "Orders" }, Period: 60, Stat: "Sum" } },
    ],
  };
  const first = await client.send(new GetMetricDataCommand(input));
  expect(first.MetricDataResults?.[0]).toMatchObject({ Values: [2, 1], StatusCode: "PartialData" });
  const second = await client.send(new GetMetricDataCommand({ ...input, NextToken: first.NextToken }));
  expect(second.MetricDataResults?.[0]).toMatchObject({ Values: [0], StatusCode: "Complete" });
});

test("a datum that is none is refused in AWS's words", async () => {
  const { cloud, client, put } = await cloudWithMetrics();
  await using _cloud = cloud;
  await expect(put(0, 1, { Values: [1] })).rejects.toMatchObject({
    name: "InvalidParameterCombinationException",
    message:
      "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.",
  });
  await expect(put(-30 * 86_400, 1)).rejects.toMatchObject({ name: "InvalidParameterValueException" });
  await expect(put(0, Number.NaN)).rejects.toMatchObject({ name: "InvalidParameterValueException" });
  await expect(put(0, 1, { Unit: "Apples" })).rejects.toMatchObject({ name: "ValidationException" });
  await expect(
    client.send(new PutMetricDataCommand({ Namespace: "AWS/Lambda", MetricData: [{ MetricName: "a", Value: 1 }] })),
  ).rejects.toMatchObject({ name: "InvalidParameterValueException" });
});

test("expressions that are none, or not built, are refused by name", async () => {
  const { cloud, client } = await cloudWithMetrics();
  await using _cloud = cloud;
  const ask = (Expression: string) =>
    client.send(
      new GetMetricDataCommand({ StartTime: at(0), EndTime: at(60), MetricDataQueries: [{ Id: "e", Expression }] }),
    );
  await expect(ask("1 +")).rejects.toMatchObject({ name: "ValidationException" });
  await expect(ask("m9 * 2")).rejects.toThrow("Unknown id 'm9'");
  await expect(ask("e + 1")).rejects.toThrow("Circular reference");
  await expect(ask("SEARCH('x', 'Sum')")).rejects.toMatchObject({ name: "NotImplemented" });
});

test("labels say what queries of one metric differ by, and several units are told of", async () => {
  const { cloud, client, put } = await cloudWithMetrics();
  await using _cloud = cloud;
  await put(0, 5);
  await put(0, 7, { Unit: "Seconds" });
  const ask = async (...asked: readonly [string, number, string?][]) => {
    const MetricDataQueries = asked.map(([Stat, Period, Unit], index) => ({
      Id: `m${index}`,
      MetricStat: {
        Metric: { Namespace: "Shop", MetricName: "Orders" },
        Stat,
        Period,
        ...(Unit === "Seconds" ? { Unit: "Seconds" as const } : {}),
      },
    }));
    const answer = await client.send(
      new GetMetricDataCommand({ StartTime: at(0), EndTime: at(60), MetricDataQueries }),
    );
    return answer.MetricDataResults ?? [];
  };
  const labels = (results: Awaited<ReturnType<typeof ask>>) => results.map(({ Label }) => Label);
  expect(labels(await ask(["Sum", 60], ["Sum", 60]))).toEqual(["Orders", "Orders"]);
  expect(labels(await ask(["Sum", 60], ["Minimum", 60]))).toEqual(["Orders Sum", "Orders Minimum"]);
  expect(labels(await ask(["Sum", 60], ["Minimum", 30]))).toEqual(["Orders Sum 60", "Orders Minimum 30"]);
  const [both] = await ask(["Sum", 60]);
  expect(both?.Values).toEqual([5]);
  expect(both?.Messages).toEqual([{ Code: "MultipleUnits", Value: "Multiple units returned: '[Count, Seconds]'" }]);
  const [, short] = await ask(["Sum", 60], ["Sum", 30, "Seconds"]);
  expect([short?.Values, short?.Messages]).toEqual([[7], undefined]);
});

test("what was published in high resolution is not counted twice in short periods", async () => {
  const { cloud, client, put } = await cloudWithMetrics();
  await using _cloud = cloud;
  await put(0, 1, { StorageResolution: 1 });
  await put(40, 2, { StorageResolution: 1 });
  await put(60, 4);
  const { Datapoints } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: "Shop",
      MetricName: "Orders",
      StartTime: at(0),
      EndTime: at(120),
      Period: 30,
      Statistics: ["Sum"],
    }),
  );
  expect(Datapoints?.map(({ Timestamp, Sum }) => [Timestamp?.getTime(), Sum])).toEqual([
    [START, 1],
    [START + 30_000, 2],
    [START + 60_000, 4],
  ]);
});
