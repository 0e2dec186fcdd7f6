import fc from "fast-check";
import { expect, test } from "vitest";
import "../../../../test/seed.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { compileTrace } from "../segments/compile.ts";
import { readSegment } from "../segments/segment.ts";
import { segmentId } from "../testXray.ts";
import { linksOf } from "../traces/links.ts";
import type { Trace } from "../traces/trace.ts";
import { matches } from "./matches.ts";
import { parseFilter } from "./parse.ts";

const ID = `1-5880168b-${"0".repeat(24)}`;

/** A web page that calls an API, which reads a table and fails. */
const DOCUMENTS: readonly JsonObject[] = [
  {
    ...{ id: segmentId(1), name: "www", start_time: 0, end_time: 6, user: "alice", origin: "AWS::EC2::Instance" },
    annotations: { gameid: "817DL6VO", age: 30, Ok: true },
    http: { request: { url: "http://www/v2/x", method: "GET" }, response: { status: 200 } },
    subsegments: [{ id: segmentId(2), name: "api", namespace: "remote", start_time: 1, end_time: 4 }],
  },
  {
    ...{ id: segmentId(3), name: "api", parent_id: segmentId(2), start_time: 1, end_time: 4, fault: true },
    ...{ origin: "AWS::Lambda::Function", resource_arn: "arn:aws:lambda:r:1:function:api" },
    cause: { exceptions: [{ id: segmentId(9), type: "Oops", message: "it broke" }] },
    subsegments: [
      {
        ...{ id: segmentId(4), name: "DynamoDB", namespace: "aws", start_time: 2, end_time: 3, error: true },
        aws: { table_name: "games" },
      },
    ],
  },
];

const traceOf = (documents: readonly JsonObject[]): Trace => {
  const compiled = compileTrace(ID, documents);
  const segments = compiled.map(readSegment);
  const [root] = linksOf(segments).entries;
  return { id: ID, revision: 1, documents: compiled, segments, root, isPartial: false, duration: 6 };
};

const TRACE = traceOf(DOCUMENTS);

const suits = (expression: string, groups: Readonly<Record<string, string>> = {}) =>
  matches(parseFilter(expression), TRACE, (name) => {
    const text = groups[name];
    return text === undefined ? undefined : parseFilter(text);
  });

test.each([
  "ok",
  "OK = true",
  "!fault",
  "fault = false",
  "responsetime > 5",
  "responseTime >= 6 AND duration <= 6",
  "duration >= 5 and (duration > 100 or ok)",
  "ok !partial duration <7",
  "http.status = 200",
  "http.status != 404",
  'http.url BEGINSWITH "http://www/" AND http.url CONTAINS "/v2/" AND !service("other")',
  "http.url AND responseTime > 2",
  'http.url ENDSWITH "x"',
  'user CONTAINS ""',
  'user = "alice"',
  "inferred",
  "annotation.age",
  "annotation.age > 29",
  "!annotation.height",
  'annotation[gameid] = "817DL6VO"',
  "annotation.Ok",
  'resource.arn ENDSWITH ":api"',
  'service("api")',
  'service("api") { fault }',
  "service() { fault }",
  "service() { }",
  'service("www") { root = true and ok }',
  'service(id(type: "AWS::Lambda::Function")) { fault }',
  'service(id(name: "games", type: "AWS::DynamoDB::Table")) { error }',
  'edge("www", "api") { fault = true }',
  'edge(id(name: "api"), id(type: "AWS::DynamoDB::Table")) { error }',
  'rootcause.fault.service { name = "api" }',
  'rootcause.fault.exception { last and message = "it broke" }',
  'rootcause.error.service { last and type = "AWS::DynamoDB::Table" and inferred }',
  "rootcause.responsetime.entity { remote and coverage > 0.4 and index > 0 }",
  "rootcause.fault.entity { last and name = api }",
])("%s holds", (expression) => {
  expect(suits(expression)).toBe(true);
});

test.each([
  "fault",
  "error",
  "partial",
  "http.status = 404",
  'user = "bob"',
  "annotation.height",
  "!annotation.age",
  'annotation.age = "30"',
  'service("www") { fault }',
  'service(id(name: "api", type: "AWS::Lambda"))',
  'edge("api", "www")',
  'edge("www", "api") { ok }',
  'rootcause.fault.service { name = "games" }',
  'group.name = "none"',
])("%s does not", (expression) => {
  expect(suits(expression)).toBe(false);
});

test("groups are named in expressions, and go no further", () => {
  const groups = { slow: "responsetime > 3", loop: 'group.name = "slow"' };
  expect(suits('group.name = "slow" AND user = "alice"', groups)).toBe(true);
  expect(suits('group.name = "loop"', groups)).toBe(false);
});

test.each([
  "",
  "responsetime >",
  "colour",
  "ok AND",
  "(ok",
  "ok)",
  'http.url = 5 "',
  'ok = "perhaps"',
  "responsetime CONTAINS 5",
  'responsetime > "fast"',
  'user > "a"',
  'service("a" { ok }',
  'service("a") { annotation.b = 1 }',
  'edge("a")',
  'service(id(colour: "red"))',
  "rootcause.fault { ok }",
  `${"!".repeat(60)}ok`,
])("%s is refused", (expression) => {
  expect(() => parseFilter(expression)).toThrow(/^Invalid filter expression: /);
});

test("what is not built is named", () => {
  expect(() => parseFilter("rootcause.json = #[]")).toThrow(/rootcause.json/);
});

test("no text makes the reader do anything but read or refuse", () => {
  const word = fc.constantFrom(
    "ok",
    "fault",
    "AND",
    "OR",
    "!",
    "(",
    ")",
    "{",
    "}",
    "service",
    "edge",
    "=",
    ">",
    '"a"',
    "1",
    ",",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(word).map((words) => words.join(" ")),
  );
  fc.assert(
    fc.property(text, (expression) => {
      try {
        matches(parseFilter(expression), TRACE, () => undefined);
      } catch (error) {
        expect(String(error)).toMatch(/Invalid filter expression|has not built/);
      }
    }),
  );
});

test("whatever parents segments name, a trace is read to its end", () => {
  const id = fc.integer({ min: 1, max: 4 }).map(segmentId);
  const segment = fc.record({ id, parent_id: id, below: id, isLoose: fc.boolean() });
  const expressions = ["rootcause.fault.service { last }", "rootcause.responsetime.service { last }"];
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
      const documents = segments.map(({ id: own, parent_id, below, isLoose }) => ({
        ...{ id: own, parent_id, name: "a", start_time: 0, end_time: 1, fault: true },
        ...(isLoose ? { type: "subsegment" } : {}),
        subsegments: [{ id: below, name: "b", namespace: "remote", start_time: 0, end_time: 1 }],
      }));
      const trace = traceOf(documents);
      for (const text of expressions) matches(parseFilter(text), trace, () => undefined);
    }),
  );
});
