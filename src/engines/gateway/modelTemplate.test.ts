import { expect, test } from "vitest";
import { modelTemplate } from "./modelTemplate.ts";
import { parseTemplate, renderTemplate } from "./vtl/render.ts";

const ITEM = { type: "object", properties: { id: { type: "integer" }, name: { type: "string" } } };
const none = () => undefined;

test("an object's members are samples of their types", () => {
  const inner = { type: "object", properties: { ok: { type: "boolean" } } };
  const schema = { type: "object", properties: { ...ITEM.properties, inner } };
  expect(modelTemplate(JSON.stringify(schema), none)).toBe(
    `#set($inputRoot = $input.path('$'))
{
  "id" : 42,
  "name" : "foo",
  "inner" : {
    "ok" : true
  }
}`,
  );
  expect(modelTemplate("{}", none)).toBe("#set($inputRoot = $input.path('$'))\n{ }");
});

test("a list's template is one that can be evaluated, with models that it refers to", () => {
  const items = { $ref: "https://apigateway.amazonaws.com/restapis/abc/models/Item" };
  const schema = { type: "object", properties: { items: { type: "array", items } } };
  const template = modelTemplate(JSON.stringify(schema), (name) =>
    name === "Item" ? JSON.stringify(ITEM) : undefined,
  );
  expect(template).toContain("#foreach($elem in $inputRoot.items)");
  const { text } = renderTemplate(parseTemplate(template), {
    body: JSON.stringify({ items: [1, 2] }),
    parameters: { path: {}, querystring: {}, header: {} },
    context: {},
    stageVariables: {},
  });
  const sample = { id: 42, name: "foo" };
  expect(JSON.parse(text)).toEqual({ items: [sample, sample] });
});

test("models that refer to themselves come to an end", () => {
  const self = JSON.stringify({ type: "object", properties: { next: { $ref: "x/models/Self" } } });
  expect(modelTemplate(self, () => self)).toContain('"next" : { }');
});
