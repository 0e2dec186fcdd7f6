import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../../kernel/json.ts";
import { callIntrinsic } from "./intrinsics.ts";
import { putAt, readPath } from "./path.ts";
import { fillTemplate } from "./template.ts";

const chance = { uuid: () => "uuid", random: () => 0.5 };
const scope = (input: JsonValue) => ({ input, context: {}, variables: {} });
// JSON knows no negative zero.
const json = fc.json({ maxDepth: 3 }).map((text): JsonValue => JSON.parse(JSON.stringify(JSON.parse(text))));
const pathless = json.filter((value) => !JSON.stringify(value).includes('.$":'));
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);

test("what is put at a reference path is found there, and the rest stays", () => {
  fc.assert(
    fc.property(fc.dictionary(name, json), name, name, json, (input, first, second, value) => {
      const placed = putAt(`$.${first}_new.${second}`, input, value);
      expect(readPath(`$.${first}_new.${second}`, scope(placed))).toEqual(value);
      expect(readPath(`$['${first}_new']['${second}']`, scope(placed))).toEqual(value);
      for (const [member, before] of Object.entries(input)) expect(placed).toHaveProperty([member], before);
    }),
  );
});

test("a template without paths is itself, and with one it holds what the path gives", () => {
  fc.assert(
    fc.property(fc.dictionary(name, pathless), json, (template, input) => {
      expect(fillTemplate(template, scope(input), chance)).toEqual(template);
      expect(fillTemplate({ ...template, "whole.$": "$" }, scope(input), chance)).toEqual({
        ...template,
        whole: input,
      });
    }),
  );
});

test("texts of JSON and base64 go there and back", () => {
  fc.assert(
    fc.property(json, fc.string({ maxLength: 50 }), (value, text) => {
      expect(callIntrinsic("States.StringToJson(States.JsonToString($))", scope(value), chance)).toEqual(value);
      expect(callIntrinsic("States.Base64Decode(States.Base64Encode($))", scope(text), chance)).toBe(text);
    }),
  );
});

test("partitions hold every element once and in order", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (items, size) => {
      const parts = callIntrinsic(`States.ArrayPartition($, ${size})`, scope(items), chance) as number[][];
      expect(parts.flat()).toEqual(items);
      expect(parts.every(({ length }) => length > 0 && length <= size)).toBe(true);
    }),
  );
});

test("functions answer as AWS's examples do, and refuse what is none", () => {
  const call = (text: string, input: JsonValue = {}) => callIntrinsic(text, scope(input), chance);
  expect(call("States.Format('Hello, {}: \\\\{{}\\\\}', $.name, 3)", { name: "Ann" })).toBe("Hello, Ann: {3}");
  expect(call("States.Format('{} {}', $, null)", { a: ["x", 1], b: {} })).toBe("{a=[x, 1], b={}} null");
  expect(call("States.StringToJson('')")).toBeNull();
  expect(call("States.ArrayRange(1, 9, 2)")).toEqual([1, 3, 5, 7, 9]);
  expect(call("States.StringSplit('This.is+a,test=string', '.+,=')")).toEqual(["This", "is", "a", "test", "string"]);
  expect(call("States.Hash('input data', 'SHA-1')")).toBe("aaff4a450a104cd177d28d18d74485e8cae074b7");
  expect(call("States.ArrayUnique($)", [1, 2, 1])).toEqual([1, 2]);
  expect(() => call("States.Nothing()")).toThrow("States.Nothing");
  expect(() => call("States.ArrayGetItem($, 9)", [1])).toThrow("ArrayGetItem");
});
