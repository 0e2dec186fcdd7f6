import { expect, test } from "vitest";
import type { EventSourceRecord } from "../records.ts";
import { sqsItem } from "./sqsEvent.ts";

const mapping = (windowSeconds: number): EventSourceRecord => ({
  uuid: "u",
  functionName: "hello",
  qualifier: "",
  kind: "sqs",
  sourceArn: "arn:aws:sqs:us-east-1:123456789012:work",
  enabled: true,
  batchSize: 10,
  windowSeconds,
  reportsItemFailures: false,
  parallelization: 1,
  bisects: false,
  maxRetries: -1,
  maxAgeSeconds: -1,
  tumblingSeconds: 0,
  createdAt: 0,
  modifiedAt: 0,
  tags: {},
});

test("the digest of a message's attributes: its own, none, or none that is told where messages are waited for", () => {
  const digest = (windowSeconds: number, MD5OfMessageAttributes?: string) =>
    Object.entries(
      sqsItem({ ...(MD5OfMessageAttributes && { MD5OfMessageAttributes }) }, mapping(windowSeconds), "us-east-1"),
    )
      .filter(([name]) => name === "md5OfMessageAttributes")
      .map(([, value]) => value);
  expect(digest(0, "d25a6aea")).toEqual(["d25a6aea"]);
  expect(digest(0)).toEqual([]);
  expect(digest(1)).toEqual([null]);
});
