import { expect, test } from "vitest";
import { integrationResponseView, integrationView, methodView } from "./views.ts";

const EMPTY = { statusCode: "200", responseTemplates: { "application/json": "", "text/plain": "made" } };
const SHOWN = { statusCode: "200", responseTemplates: { "application/json": null, "text/plain": "made" } };

test("an empty template of a response is shown as null, wherever the response is", () => {
  expect(integrationResponseView(EMPTY)).toEqual(SHOWN);
  const integration = { type: "MOCK" as const, integrationResponses: { 200: EMPTY } };
  expect(integrationView(integration)).toEqual({ type: "MOCK", integrationResponses: { 200: SHOWN } });
  const method = { resourceId: "abc123", httpMethod: "GET", authorizationType: "NONE", methodIntegration: integration };
  expect(methodView(method)).toMatchObject({ methodIntegration: { integrationResponses: { 200: SHOWN } } });
});

test("a response without templates is shown as it is", () => {
  const plain = { statusCode: "200", selectionPattern: "" };
  expect(integrationResponseView(plain)).toBe(plain);
});
