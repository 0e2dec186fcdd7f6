import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { testCloud } from "../../test/harness.ts";

const ask = async (service: string, contentType: string) => {
  await using cloud = await testCloud();
  const { status, body } = await cloud.handler({
    method: "POST",
    host: "127.0.0.1:4566",
    path: "/",
    rawQuery: "",
    headers: {
      host: "127.0.0.1:4566",
      "content-type": contentType,
      authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: Readable.from(["Action=DescribeInstances"]),
    signal: new AbortController().signal,
  });
  return [status, String(body)];
};

test.each([
  ["ec2", "application/x-www-form-urlencoded; charset=utf-8", "<Errors><Error><Code>NotImplemented</Code>"],
  [
    "elasticache",
    "application/x-www-form-urlencoded",
    "<ErrorResponse><Error><Type>Receiver</Type><Code>NotImplemented",
  ],
  [
    "kinesis",
    "application/x-amz-json-1.1",
    '{"__type":"NotImplemented","message":"aloft has not built the service kinesis',
  ],
])("%s is not here, and says so", async (service, contentType, expected) => {
  expect(await ask(service, contentType)).toEqual([501, expect.stringContaining(expected)]);
});
