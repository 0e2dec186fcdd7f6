import { describe, expect, test } from "vitest";
import { parseFilterPattern } from "./filterPattern.ts";

const MESSAGES = {
  terms: ["[ERROR 400] BAD REQUEST", "[ERROR 401] UNAUTHORIZED REQUEST", "[WARN 419] MISSING ARGUMENTS", "[INFO] fine"],
  json: [
    '{"eventType":"UpdateTrail","sourceIPAddress":"111.111.111.111","code":501,"arr":["value","x"],"objs":[{"id":1},{"id":2}],"gone":null,"flag":true}',
    '{"eventType":"Other","sourceIPAddress":"123.123.1.1","code":200,"user":{"id":"a.b","e-mail":"x@y"},"flag":false}',
    "not json",
  ],
  columns: [
    '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534',
    '127.0.0.1 - - [10/Oct/2000:13:25:15 -0700] "GET /a b HTTP/1.0" 200 20',
  ],
};
const matching = (messages: readonly string[], pattern: string) => {
  const matches = parseFilterPattern(pattern);
  return messages.flatMap((message, at) => (matches(message) ? [at] : []));
};

describe("terms", () => {
  test.each([
    ["", [0, 1, 2, 3]],
    ["ERROR", [0, 1]],
    ["error", []],
    ["ERROR REQUEST", [0, 1]],
    ["?ERROR ?WARN", [0, 1, 2]],
    ['"BAD REQUEST"', [0]],
    ["ERROR -BAD", [1]],
    ["?WARN ERROR", [0, 1]],
    ["%4[01]{1}[0-9]%", [0, 1, 2]],
    ["-ERROR", [2, 3]],
  ])("%s", (pattern, expected) => expect(matching(MESSAGES.terms, pattern)).toEqual(expected));
});

describe("JSON", () => {
  test.each([
    ['{ $.eventType = "UpdateTrail" }', [0]],
    ["{ $.eventType = UpdateTrail }", [0]],
    ["{ $.sourceIPAddress != 123.123.* }", [0]],
    ['{ $.arr[0] = "value" }', [0]],
    ['{ $.arr[*] = "x" }', [0]],
    ["{ $.objs[1].id = 2 }", [0]],
    ["{ $.gone IS NULL }", [0]],
    ["{ $.user NOT EXISTS }", [0]],
    ["{ $.user EXISTS }", [1]],
    ["{ $.flag IS TRUE }", [0]],
    ["{ $.code >= 500 }", [0]],
    ["{ ($.code > 500 || $.code < 201) && $.flag IS FALSE }", [1]],
    ["{ $.code = 200 || $.eventType = %^Upd% }", [0, 1]],
    ["{ $.user.['e-mail'] = \"x@y\" }", [1]],
    ["{ $.missing != 1 }", []],
  ])("%s", (pattern, expected) => expect(matching(MESSAGES.json, pattern)).toEqual(expected));

  test.each(["{ $.a }", "{ $.a = }", "{ a = 1 }", "{ ($.a = 1 }", "{ $.a = 1", "{ $.a > x }", "{ $.a IS x }", "%(%"])(
    "refuses %s",
    (pattern) => expect(() => parseFilterPattern(pattern)).toThrow("Invalid filter pattern"),
  );
});

describe("columns", () => {
  test.each([
    ["[ip, id, user, timestamp, request, status_code, size]", [0, 1]],
    ["[ip, id, user, timestamp, request, status_code = 4*, size]", [0]],
    ["[..., status_code = 404 || status_code = 200, size > 100]", [0]],
    ["[ip, id, user = frank, ...]", [0]],
    ["[ip, id]", []],
    ['[ip, ..., request = "*index.html*", status_code, size]', [0]],
  ])("%s", (pattern, expected) => expect(matching(MESSAGES.columns, pattern)).toEqual(expected));
});
