import { expect, test } from "vitest";
import { sqsItem } from "./sqsEvent.ts";

const queue = (windowSeconds: number) => ({
  sourceArn: "arn:aws:sqs:us-east-1:123456789012:work",
  batchSize: 10,
  windowSeconds,
});

test("the digest of a message's attributes: its own, none, or none that is told where messages are waited for", () => {
  const digest = (windowSeconds: number, MD5OfMessageAttributes?: string) =>
    Object.entries(
      sqsItem({ ...(MD5OfMessageAttributes && { MD5OfMessageAttributes }) }, queue(windowSeconds), "us-east-1"),
    )
      .filter(([name]) => name === "md5OfMessageAttributes")
      .map(([, value]) => value);
  expect(digest(0, "d25a6aea")).toEqual(["d25a6aea"]);
  expect(digest(0)).toEqual([]);
  expect(digest(1)).toEqual([null]);
});
