import { gunzipSync } from "node:zlib";
import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteMetricFilterCommand,
  DescribeMetricFiltersCommand,
  DescribeSubscriptionFiltersCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  PutSubscriptionFilterCommand,
  TestMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import * as lambdaModel from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { type TestCloud, type TestCloudOptions, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { stackOf } from "../../../../test/stackOf.ts";
import { defineService } from "../../../kernel/rooms.ts";

const group = { logGroupName: "app" };
const stream = { ...group, logStreamName: "s" };
const MINUTE_MS = 60_000;

const logCloud = async (options: TestCloudOptions = {}) => {
  const cloud = await testCloud(options);
  const logs = cloud.client(CloudWatchLogsClient);
  await logs.send(new CreateLogGroupCommand(group));
  await logs.send(new CreateLogStreamCommand(stream));
  const write = (...messages: readonly string[]) =>
    logs.send(
      new PutLogEventsCommand({
        ...stream,
        logEvents: messages.map((message) => ({ timestamp: cloud.clock.now(), message })),
      }),
    );
  return { ...cloud, logs, write };
};

const valuesOf = async (cloud: TestCloud, Metric: object, Stat = "Sum") => {
  const now = cloud.clock.now();
  const { MetricDataResults } = await cloud.client(CloudWatchClient).send(
    new GetMetricDataCommand({
      StartTime: new Date(now - 10 * MINUTE_MS),
      EndTime: new Date(now + MINUTE_MS),
      MetricDataQueries: [{ Id: "m", MetricStat: { Metric, Period: 60, Stat } }],
    }),
  );
  return MetricDataResults?.[0]?.Values;
};

test("a filter counts the events that match, and takes values and dimensions from them", async () => {
  await using cloud = await logCloud();
  const put = (filterName: string, filterPattern: string, transformation: object) =>
    cloud.logs.send(
      new PutMetricFilterCommand({
        ...group,
        filterName,
        filterPattern,
        metricTransformations: [
          { metricNamespace: "App", metricName: filterName, metricValue: "1", ...transformation },
        ],
      }),
    );
  await put("Errors", "ERROR", { defaultValue: 0 });
  await put("Latency", "{ $.latency = * }", { metricValue: "$.latency", dimensions: { Path: "$.path" } });
  await put("Bytes", "[ip, status, bytes]", { metricValue: "$bytes" });
  await cloud.write("ERROR one", "fine", "ERROR two", '{"latency":12.5,"path":"/a"}', "127.0.0.1 200 4711");
  expect(await valuesOf(cloud, { Namespace: "App", MetricName: "Errors" })).toEqual([2]);
  const Dimensions = [{ Name: "Path", Value: "/a" }];
  expect(await valuesOf(cloud, { Namespace: "App", MetricName: "Latency", Dimensions })).toEqual([12.5]);
  expect(await valuesOf(cloud, { Namespace: "App", MetricName: "Bytes" })).toEqual([4711]);
  cloud.clock.advance(MINUTE_MS);
  await cloud.write("all is well");
  expect(await valuesOf(cloud, { Namespace: "App", MetricName: "Errors" })).toEqual([0, 2]);
  await cloud.logs.send(new DeleteMetricFilterCommand({ ...group, filterName: "Errors" }));
  const { metricFilters } = await cloud.logs.send(new DescribeMetricFiltersCommand(group));
  expect(metricFilters?.map(({ filterName }) => filterName)).toEqual(["Bytes", "Latency"]);
});

test("a document of the embedded metric format is metrics", async () => {
  await using cloud = await logCloud();
  const _aws = {
    Timestamp: cloud.clock.now(),
    CloudWatchMetrics: [
      { Namespace: "Shop", Dimensions: [["Service"], []], Metrics: [{ Name: "Time", Unit: "Milliseconds" }] },
    ],
  };
  await cloud.write(JSON.stringify({ _aws, Service: "cart", Time: [1, 3] }), '{"_aws":"CloudWatchMetrics"');
  const { Metrics } = await cloud.client(CloudWatchClient).send(new ListMetricsCommand({ Namespace: "Shop" }));
  expect(Metrics?.map(({ Dimensions }) => Dimensions)).toEqual([[{ Name: "Service", Value: "cart" }], []]);
  expect(await valuesOf(cloud, { Namespace: "Shop", MetricName: "Time" }, "Average")).toEqual([2]);
});

test("TestMetricFilter tells what a pattern finds", async () => {
  await using cloud = await logCloud();
  const { matches } = await cloud.logs.send(
    new TestMetricFilterCommand({
      filterPattern: "[ip, user, ..., status = 4*, bytes]",
      logEventMessages: ["127.0.0.1 frank GET /a 404 12", "127.0.0.1 frank GET /a 200 12"],
    }),
  );
  expect(matches).toEqual([
    {
      eventNumber: 1,
      eventMessage: "127.0.0.1 frank GET /a 404 12",
      extractedValues: { $ip: "127.0.0.1", $user: "frank", $status: "404", $bytes: "12" },
    },
  ]);
});

/** A Lambda that is nothing but an ear. */
const listeningLambda = (heard: unknown[], lets: () => boolean) =>
  defineService<object, "lambda">({
    name: "lambda",
    model: lambdaModel,
    scope: "region",
    open: () => ({}),
    operations: {
      Invoke: () => async (_ctx, input) => {
        if (!lets()) throw new Error("no");
        const bytes = input.Payload as unknown as Uint8Array | undefined;
        if (bytes) heard.push(JSON.parse(Buffer.from(bytes).toString()));
        return { StatusCode: 202 };
      },
    },
    iam: {
      Invoke: (_room, ctx, input) => ({
        action: "lambda:InvokeFunction",
        resource: input.FunctionName,
        resourcePolicy: {
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "logs.amazonaws.com" },
              Action: "*",
              Resource: input.FunctionName,
            },
          ],
        },
        resourceAccount: ctx.account,
      }),
    },
  });

const destinationArn = "arn:aws:lambda:us-east-1:123456789012:function:ear";

test("a subscription sends its function what matches, packed as AWS packs it", async () => {
  const heard: { awslogs: { data: string } }[] = [];
  let lets = true;
  const lambda = listeningLambda(heard, () => lets);
  await using cloud = await logCloud({ loaders: { lambda: async () => lambda } });
  const put = () =>
    cloud.logs.send(
      new PutSubscriptionFilterCommand({ ...group, filterName: "errors", filterPattern: "ERROR", destinationArn }),
    );
  await put();
  await cloud.write("ERROR one", "fine");
  await cloud.tasks.idle();
  const [{ awslogs } = { awslogs: { data: "" } }] = heard;
  expect(JSON.parse(gunzipSync(Buffer.from(awslogs.data, "base64")).toString())).toMatchObject({
    messageType: "DATA_MESSAGE",
    owner: "123456789012",
    logGroup: "app",
    logStream: "s",
    subscriptionFilters: ["errors"],
    logEvents: [{ timestamp: cloud.clock.now(), message: "ERROR one" }],
  });
  lets = false;
  await expect(put()).rejects.toThrow("Could not execute the lambda function.");
  const { subscriptionFilters } = await cloud.logs.send(new DescribeSubscriptionFiltersCommand(group));
  expect(subscriptionFilters).toMatchObject([{ filterName: "errors", distribution: "ByLogStream", destinationArn }]);
});

test("subscriptions of functions elsewhere and of streams without a role are refused", async () => {
  await using cloud = await logCloud();
  const put = (logGroupName: string, to: string) =>
    refusal(
      cloud.logs.send(
        new PutSubscriptionFilterCommand({ logGroupName, filterName: "f", filterPattern: "", destinationArn: to }),
      ),
    );
  expect(await put("none", "arn:aws:lambda:us-east-1:111111111111:function:ear")).toBe(
    "AccessDeniedException: Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.",
  );
  expect(await put("none", destinationArn)).toMatch(/^ResourceNotFoundException: /);
  expect(await put("app", "arn:aws:kinesis:us-east-1:123456789012:stream/s")).toBe(
    "InvalidParameterException: destinationArn for vendor kinesis cannot be used without roleArn",
  );
});

test("metric filters of all groups come by their names", async () => {
  await using cloud = await logCloud();
  await cloud.logs.send(new CreateLogGroupCommand({ logGroupName: "a-group" }));
  for (const [logGroupName, filterName] of [
    ["app", "first"],
    ["a-group", "second"],
  ] as const) {
    const metricTransformations = [{ metricNamespace: "App", metricName: "m", metricValue: "1" }];
    await cloud.logs.send(
      new PutMetricFilterCommand({ logGroupName, filterName, filterPattern: "", metricTransformations }),
    );
  }
  const { metricFilters } = await cloud.logs.send(new DescribeMetricFiltersCommand({}));
  expect(metricFilters?.map(({ filterName }) => filterName)).toEqual(["first", "second"]);
});

test("filters that cannot be are refused", async () => {
  await using cloud = await logCloud();
  const put = (filterPattern: string, metricValue: string, more: object = {}) =>
    cloud.logs.send(
      new PutMetricFilterCommand({
        ...group,
        filterName: "f",
        filterPattern,
        metricTransformations: [{ metricNamespace: "App", metricName: "m", metricValue, ...more }],
      }),
    );
  await expect(put("{ $.a = ", "1")).rejects.toMatchObject({ name: "InvalidParameterException" });
  await expect(put("ERROR", "$.a")).rejects.toMatchObject({ name: "InvalidParameterException" });
  await expect(put("{ $.a = 1 }", "1", { defaultValue: 0, dimensions: { A: "$.a" } })).rejects.toThrow(
    "mutually exclusive",
  );
  await expect(cloud.logs.send(new DeleteMetricFilterCommand({ ...group, filterName: "none" }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("a stack makes filters and policies", async () => {
  await using cloud = await logCloud();
  const { status } = await stackOf(cloud).create({
    Resources: {
      Filter: {
        Type: "AWS::Logs::MetricFilter",
        Properties: {
          LogGroupName: "app",
          FilterPattern: "ERROR",
          MetricTransformations: [{ MetricNamespace: "App", MetricName: "m", MetricValue: "1" }],
        },
      },
      Policy: {
        Type: "AWS::Logs::ResourcePolicy",
        Properties: {
          PolicyName: "events",
          PolicyDocument: JSON.stringify({
            Statement: [
              { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "logs:*", Resource: "*" },
            ],
          }),
        },
      },
    },
  });
  expect(status).toBe("CREATE_COMPLETE");
});
