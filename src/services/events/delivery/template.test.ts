import { expect, test } from "vitest";
import { fillTemplate, placeholdersOf } from "./template.ts";

const values: Readonly<Record<string, unknown>> = {
  id: "a1",
  quote: 'say "x"',
  list: ["HIGH", "LOW"],
  payload: { id: "a1", n: 1 },
  flag: true,
};

test.each<[string, string | undefined]>([
  ['"user <id>"', '"user a1"'],
  ['"user <quote>"', '"user say \\"x\\""'],
  ['"<list> and <payload>"', '"[HIGH,LOW] and {id:a1,n:1}"'],
  ['"is <flag>, not <absent>"', '"is true, not "'],
  ['"<id>"\n"<flag>"', '"a1"\n"true"'],
  [
    '{"id": <id>, "path": "users/<id>", "all": <payload>}',
    '{"id": "a1", "path": "users/a1", "all": {"id":"a1","n":1}}',
  ],
  ['{"none": <absent>, "flag": "<flag>"}', '{"none": "", "flag": "true"}'],
  ['{"all": "<payload>"}', undefined],
  ['{"list": "<list>"}', undefined],
])("%s becomes %s", (template, filled) => {
  expect(fillTemplate(template, (name) => values[name])).toBe(filled);
});

test("its placeholders are told", () => {
  expect(placeholdersOf('{"a": <id>, "b": "<aws.events.rule-name>"}')).toEqual(["id", "aws.events.rule-name"]);
});
