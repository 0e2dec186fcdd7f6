import { expect, test } from "vitest";
import type { PipeRecord } from "../records.ts";
import { inputOf, parameterOf, plainEvent, sourceEvent } from "./transform.ts";

const PIPE: PipeRecord = {
  name: "p",
  arn: "arn:aws:pipes:us-east-1:123456789012:pipe/p",
  desiredState: "RUNNING",
  state: "RUNNING",
  roleArn: "arn:aws:iam::123456789012:role/pipe",
  source: "arn:aws:sqs:us-east-1:123456789012:in",
  sourceParameters: {},
  target: "arn:aws:sqs:us-east-1:123456789012:out",
  tags: {},
  createdAt: 0,
  changedAt: 0,
};
const made = (template: string | undefined, event: object) =>
  inputOf(PIPE, template, sourceEvent(JSON.parse(JSON.stringify(event))), 0);

test("without a template, an event is handed on as it came", () => {
  expect(made(undefined, { body: '{"a":1}' })).toBe('{"body":"{\\"a\\":1}"}');
});

test("paths look into a body that is JSON; what else a body is, is text", () => {
  expect(made("<$.body.a>", { body: '{"a":{"b":2}}' })).toBe('{"b":2}');
  expect(made("<$.body>", { body: "plain" })).toBe("plain");
  expect(made("<$.body>", { body: "7" })).toBe("7");
});

test("the reserved variables", () => {
  const names = ["pipe-arn", "pipe-name", "source-arn", "enrichment-arn", "target-arn", "event.ingestion-time"];
  const template = `[${names.map((name) => `<aws.pipes.${name}>`).join(",")}]`;
  const time = "1970-01-01T00:00:00.000Z";
  expect(JSON.parse(made(template, {}))).toEqual([PIPE.arn, "p", PIPE.source, "", PIPE.target, time]);
  const event = { body: '{"a":1}' };
  const all = '{"event":<aws.pipes.event>,"text":"<aws.pipes.event>","json":<aws.pipes.event.json>}';
  expect(JSON.parse(made(all, event))).toEqual({ event, text: JSON.stringify(event), json: { body: { a: 1 } } });
});

test("a parameter is a path when the whole of it is one", () => {
  const event = plainEvent({ detail: { id: "x", count: 3 } });
  expect(
    ["$.detail.id", "$.detail.count", "$.detail.no", "id-$.detail.id", "$5", "plain"].map((each) =>
      parameterOf(each, event),
    ),
  ).toEqual(["x", "3", undefined, "id-$.detail.id", "$5", "plain"]);
});
