import { expect, it } from "vitest";
import { documentIn } from "./document.ts";

it.each(["swagger: '2.0'", "swagger: 2.0", '{"swagger": "2.0"}', "openapi: 3.0.1", "openapi: 3.0"])(
  "reads %s",
  (body) => {
    expect(documentIn(body)).toBeDefined();
  },
);

it.each(["swagger: '1.2'", "openapi: 3.1.0", "openapi: 4.0", "info: {}"])("refuses %s", (body) => {
  expect(() => documentIn(body)).toThrow("unsupported version");
});
