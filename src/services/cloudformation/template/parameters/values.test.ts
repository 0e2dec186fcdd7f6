import { describe, expect, it } from "vitest";
import { parseTemplate } from "../parse.ts";
import { readParameters } from "./definition.ts";
import { type GivenParameter, parameterReferences, parameterValues, storedValues } from "./values.ts";

const definitions = readParameters(
  parseTemplate(`Parameters:
  Name: {Type: String, Default: x, AllowedPattern: "[a-z]+", MaxLength: 3}
  Stage: {Type: String, AllowedValues: [dev, prod], Default: dev}
  Port: {Type: Number, MinValue: 10, MaxValue: 20, Default: 15}
  Names: {Type: CommaDelimitedList, Default: "a, b"}
  Ports: {Type: List<Number>, Default: "1,2"}
  Explained: {Type: String, Default: ok, MinLength: 2, ConstraintDescription: say more}
  Stored: {Type: AWS::SSM::Parameter::Value<List<String>>, Default: /path}
  Secret: {Type: String, NoEcho: true, Default: s}
`).body,
);

const given = (entries: Record<string, string | true>): readonly GivenParameter[] =>
  Object.entries(entries).map(([name, value]) => ({
    name,
    value: value === true ? undefined : value,
    usePreviousValue: value === true,
  }));
const values = (entries: Record<string, string | true>, previous?: ReadonlyMap<string, string>) =>
  parameterValues(definitions, given(entries), previous);

describe("parameterValues", () => {
  it("takes what is given, what was before, or the default", () => {
    const taken = values({ Name: "abc", Stage: true }, new Map([["Stage", "prod"]]));
    expect(taken.get("Name")).toBe("abc");
    expect(taken.get("Stage")).toBe("prod");
    expect(taken.get("Port")).toBe("15");
  });

  it.each([
    [{ Name: "A1" }, "Parameter 'Name' must match pattern [a-z]+"],
    [{ Name: "abcd" }, "Parameter 'Name' must contain at most 3 characters"],
    [{ Stage: "test" }, "Parameter 'Stage' must be one of AllowedValues"],
    [{ Port: "x" }, "Parameter 'Port' must be a number."],
    [{ Port: "9" }, "Parameter 'Port' must be a number not less than 10"],
    [{ Port: "21" }, "Parameter 'Port' must be a number not greater than 20"],
    [{ Ports: "1,x" }, "Parameter 'Ports' must be a number."],
    [{ Explained: "x" }, "Parameter Explained failed to satisfy constraint: say more"],
    [{ Nothing: "x", More: "y" }, "Parameters: [Nothing, More] do not exist in the template"],
  ])("refuses %j", (entries, message) => expect(() => values(entries)).toThrow(message));

  it("refuses a previous value that never was", () => {
    expect(() => values({ Name: true })).toThrow(
      "Invalid input for parameter key Name. Cannot specify usePreviousValue",
    );
  });

  it("refuses a previous value beside another", () => {
    const { definitions, previous } = twice();
    const given = [{ name: "Name", value: "new", usePreviousValue: true }];
    expect(() => parameterValues(definitions, given, previous)).toThrow(
      "Invalid input for parameter key Name. Cannot specify usePreviousValue as true and non empty value for a parameter",
    );
    expect(parameterValues(definitions, [{ name: "Name", value: "", usePreviousValue: true }], previous)).toEqual(
      new Map([["Name", "old"]]),
    );
  });

  it("names all that is missing", () => {
    const bare = readParameters(parseTemplate("Parameters: {A: {Type: String}, B: {Type: Number}}").body);
    expect(() => parameterValues(bare, [], undefined)).toThrow("Parameters: [A, B] must have values");
  });
});

const twice = () => ({
  definitions: readParameters(parseTemplate("Parameters: {Name: {Type: String}}").body),
  previous: new Map([["Name", "old"]]),
});

describe("parameterReferences", () => {
  it("gives lists for list types and what is stored for stored ones", async () => {
    const taken = values({});
    const stored = await storedValues(definitions, taken, {
      value: async (name) => (name === "/path" ? "p,q" : undefined),
    });
    const references = parameterReferences(definitions, taken, stored);
    expect(references.get("Names")).toEqual(["a", "b"]);
    expect(references.get("Ports")).toEqual(["1", "2"]);
    expect(references.get("Stored")).toEqual(["p", "q"]);
    expect(references.get("Port")).toBe("15");
  });

  it("refuses a stored parameter that is not stored", async () => {
    await expect(storedValues(definitions, values({}), { value: async () => undefined })).rejects.toThrow(
      "Unable to fetch parameters [/path] from parameter store for this account.",
    );
  });
});
