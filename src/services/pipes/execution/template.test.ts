import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asJson, filled } from "./template.ts";

const VALUES: Readonly<Record<string, unknown>> = {
  "$.text": 'a "b"',
  "$.number": 7,
  "$.object": { a: ["b"] },
  "aws.pipes.pipe-name": "p",
};
const fill = (template: string) => filled(template, (name) => VALUES[name]);

describe("a template", () => {
  test.each([
    ["Hello, sender", "Hello, sender"],
    ["Hello, <$.text>: <$.number>", 'Hello, a "b": 7'],
    ["Body is <$.object>", "Body is {a:[b]}"],
    ["<$.object>", '{"a":["b"]}'],
    [" <$.text> ", 'a "b"'],
    ["<$.missing>", ""],
    ['{"a":<$.text>,"b":<$.number>,"c":<$.object>}', '{"a":"a \\"b\\"","b":7,"c":{"a":["b"]}}'],
    ['{"a":"<$.text> of <aws.pipes.pipe-name>","b":"<$.object>"}', '{"a":"a \\"b\\" of p","b":"{a:[b]}"}'],
    ['{"a":<$.missing>}', '{"a":""}'],
    ["[<$.number>, <$.number>]", "[7, 7]"],
    ["<other> stays", "<other> stays"],
  ])("%s", (template, text) => expect(fill(template)).toBe(text));

  test("that is to be a document and is none is refused", () => {
    expect(() => fill('{"a":<$.text> "b":1}')).toThrow(SyntaxError);
  });

  test("that is a document stays one, whatever texts it is filled with", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const template = '{"plain":<$.x>,"quoted":"<$.x>","around":"- <$.x> -"}';
        expect(JSON.parse(filled(template, () => text))).toEqual({ plain: text, quoted: text, around: `- ${text} -` });
      }),
    );
  });
});

test("a text that is JSON is itself in a list, any other becomes a string", () => {
  expect(["7", '{"a":1}', "plain", ""].map(asJson)).toEqual(["7", '{"a":1}', '"plain"', '""']);
});
