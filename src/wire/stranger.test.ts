import { expect, test } from "vitest";
import { ask } from "../../test/ask.ts";
import { testCloud } from "../../test/harness.ts";

const askOf = async (service: string, contentType: string) => {
  await using cloud = await testCloud();
  const authorization = `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const { status, text } = await ask(cloud, {
    method: "POST",
    headers: { "content-type": contentType, authorization },
    body: "Action=DescribeInstances",
  });
  return [status, text];
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
  [
    "s3express",
    "application/xml",
    "<Error><Code>NotImplemented</Code><Message>aloft has not built the service s3express",
  ],
])("%s is not here, and says so", async (service, contentType, expected) => {
  expect(await askOf(service, contentType)).toEqual([501, expect.stringContaining(expected)]);
});
