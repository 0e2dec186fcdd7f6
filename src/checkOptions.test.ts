import { expect, test } from "vitest";
import { checkOptions } from "./checkOptions.ts";

test.each<[object, string]>([
  [{ port: "x" }, 'startCloud\'s port takes a number from 0 to 65535, not "x".'],
  [{ port: 70_000 }, "startCloud's port takes a number from 0 to 65535, not 70000."],
  [{ accountId: "12" }, 'startCloud\'s accountId takes twelve digits, not "12".'],
  [{ region: 7 }, "startCloud's region takes the name of a region, not 7."],
  [{ auth: "maybe" }, 'startCloud\'s auth takes "strict" or "open", not "maybe".'],
  [{ timeScale: 0 }, "startCloud's timeScale takes a number above 0, not 0."],
  [{ state: "" }, 'startCloud\'s state takes a directory, not "".'],
  [{ hosts: "*" }, 'startCloud\'s hosts takes a list of names, not "*".'],
])("%j is refused", (options, message) => {
  expect(() => checkOptions(options)).toThrow(new RangeError(message));
});

test("what fits, and what is left open, is taken", () => {
  checkOptions({});
  checkOptions({ port: 0, region: "us-gov-west-1", accountId: "000000000000", auth: "open", hosts: ["*"] });
});
