import { PutTraceSegmentsCommand, XRayClient } from "@aws-sdk/client-xray";
import { type TestCloud, testCloud } from "../../../test/harness.ts";

/** A cloud's X-Ray, and the means to send it segments of the present. */
export const xrayCloud = async () => {
  const cloud = await testCloud();
  const xray = cloud.client(XRayClient);
  return {
    cloud,
    xray,
    now: seconds(cloud),
    /** Sends documents, those of one trace unless they name another. */
    send: (...documents: readonly object[]) =>
      xray.send(
        new PutTraceSegmentsCommand({
          TraceSegmentDocuments: documents.map((document) =>
            JSON.stringify({
              trace_id: traceId(cloud),
              start_time: seconds(cloud),
              end_time: seconds(cloud) + 1,
              ...document,
            }),
          ),
        }),
      ),
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
};

const seconds = ({ clock }: TestCloud): number => clock.now() / 1000;

/** The id of a trace of the cloud's present; a number tells several apart. */
export const traceId = ({ clock }: TestCloud, number = 1): string =>
  `1-${Math.floor(clock.now() / 1000).toString(16)}-${number.toString(16).padStart(24, "0")}`;

/** A segment's id. */
export const segmentId = (number: number): string => number.toString(16).padStart(16, "0");

/** The request of a web application that reads a table, with the segment that was made of it. */
export const SHOP = {
  name: "shop",
  id: segmentId(1),
  origin: "AWS::EC2::Instance",
  user: "alice",
  annotations: { tier: "gold", age: 30, vip: true },
  http: {
    request: { url: "http://shop.example.com/v2/cart", method: "GET", user_agent: "curl", client_ip: "10.0.0.1" },
    response: { status: 200 },
  },
  aws: { ec2: { instance_id: "i-1", availability_zone: "us-east-1a" } },
  subsegments: [
    {
      id: segmentId(2),
      name: "DynamoDB",
      namespace: "aws",
      start_time: 0,
      end_time: 0,
      aws: { table_name: "carts", operation: "GetItem" },
    },
  ],
} as const;
