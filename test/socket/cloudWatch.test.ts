import { deflateSync, gzipSync } from "node:zlib";
import { cbor } from "@smithy/core/cbor";
import { describe, expect, it, test } from "vitest";
import { type Asked, ask } from "../ask.ts";
import { type TestCloud, testCloud } from "../harness.ts";
import { awsCli, whyNoAwsCli } from "./awsCli.ts";
import { socketCloud, temporaryDirectory } from "./clouds.ts";

const LIMIT_MS = 180_000;
const authorization =
  "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0";

/** One request in one of the protocols that CloudWatch has spoken over the years. */
const post = (cloud: TestCloud, { headers, ...request }: Asked) =>
  ask(cloud, { method: "POST", headers: { authorization, ...headers }, ...request });

const form = (body: string) => ({
  path: "/",
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: `Version=2010-08-01&${body}`,
});

const rpc = (operation: string, input: unknown) => ({
  path: `/service/GraniteServiceVersion20100801/operation/${operation}`,
  headers: { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" },
  body: cbor.serialize(input),
});

test("the query protocol, which older clients speak", async () => {
  await using cloud = await testCloud({ auth: "open" });
  const datum =
    "MetricData.member.1.MetricName=M&MetricData.member.1.Value=3&MetricData.member.1.Dimensions.member.1.Name=D&MetricData.member.1.Dimensions.member.1.Value=x";
  expect((await post(cloud, form(`Action=PutMetricData&Namespace=N&${datum}`))).status).toBe(200);
  const listed = await post(cloud, form("Action=ListMetrics&Namespace=N"));
  expect(listed.text).toContain(
    "<Metrics><member><Namespace>N</Namespace><MetricName>M</MetricName><Dimensions><member><Name>D</Name><Value>x</Value></member></Dimensions></member></Metrics>",
  );
  const refused = await post(cloud, form("Action=GetDashboard&DashboardName=none"));
  expect(refused).toMatchObject({ status: 404 });
  expect(refused.text).toContain("<Code>ResourceNotFound</Code>");
});

test.each([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
] as const)("rpcv2Cbor, which newer clients speak, with a body packed by %s", async (encoding, pack) => {
  await using cloud = await testCloud({ auth: "open" });
  const put = rpc("PutMetricData", {
    Namespace: "N",
    MetricData: [{ MetricName: "M", Value: 1.5 }],
  });
  const packed = { ...put, headers: { ...put.headers, "content-encoding": encoding }, body: pack(put.body) };
  const answer = await post(cloud, packed);
  expect(answer).toMatchObject({ status: 200, headers: { "smithy-protocol": "rpc-v2-cbor" } });
  const listed = await post(cloud, rpc("ListMetrics", {}));
  expect(cbor.deserialize(new Uint8Array(listed.bytes))).toEqual({
    Metrics: [{ Namespace: "N", MetricName: "M", Dimensions: [] }],
  });
  const refused = await post(cloud, rpc("GetDashboard", { DashboardName: "none" }));
  expect(refused).toMatchObject({ status: 404, headers: { "x-amzn-query-error": "ResourceNotFound;Sender" } });
  expect(cbor.deserialize(new Uint8Array(refused.bytes))).toMatchObject({
    __type: "com.amazonaws.cloudwatch.v2010_08_01#DashboardNotFoundError",
  });
});

describe.skipIf(whyNoAwsCli)(`the AWS CLI${whyNoAwsCli ? ` (${whyNoAwsCli})` : ""}`, () => {
  it("puts, lists and reads metrics and alarms", { timeout: LIMIT_MS }, async () => {
    await using running = await socketCloud("memory");
    using folder = temporaryDirectory();
    const aws = awsCli(running.cloud, folder.path);
    await aws.text("cloudwatch", "put-metric-data", "--namespace", "Shop", "--metric-name", "Orders", "--value", "2");
    const times = [
      "--start-time",
      new Date(Date.now() - 3_600_000).toISOString(),
      "--end-time",
      new Date(Date.now() + 60_000).toISOString(),
    ];
    const asked = ["--namespace", "Shop", "--metric-name", "Orders", "--period", "3600", "--statistics", "Sum"];
    const { Datapoints } = await aws.json("cloudwatch", "get-metric-statistics", ...asked, ...times);
    expect(Datapoints).toMatchObject([{ Sum: 2, Unit: "None" }]);
    const terms = ["--threshold", "1", "--comparison-operator", "GreaterThanThreshold", "--evaluation-periods", "1"];
    const metric = ["--namespace", "Shop", "--metric-name", "Orders", "--period", "60", "--statistic", "Sum"];
    await aws.text("cloudwatch", "put-metric-alarm", "--alarm-name", "many", ...metric, ...terms);
    await aws.text(
      "cloudwatch",
      "set-alarm-state",
      "--alarm-name",
      "many",
      "--state-value",
      "ALARM",
      "--state-reason",
      "x",
    );
    const { MetricAlarms } = await aws.json("cloudwatch", "describe-alarms");
    expect(MetricAlarms).toMatchObject([{ AlarmName: "many", StateValue: "ALARM", StateReason: "x" }]);
  });
});
