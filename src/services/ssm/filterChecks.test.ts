import { DescribeParametersCommand, GetParametersByPathCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../test/harness.ts";
import { refusal } from "../../../test/refusal.ts";

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

const filter = (Key: string, Values?: string[], Option?: string) => ({ Key, Values, Option });
const NOT_VALID = "The following filter";
const PATH_RULE = "ValidationException: The parameter doesn't meet the parameter name requirements.";

describe("filters of parameters", () => {
  it.each([
    [filter("Label", ["a"]), `InvalidFilterKey: ${NOT_VALID} key is not valid: Label. Valid filter keys include`],
    [filter("Name"), `InvalidFilterValue: ${NOT_VALID} values are missing : null for filter key Name`],
    [
      filter("Name", ["a"], "Ends"),
      `InvalidFilterOption: ${NOT_VALID} option is not valid: Ends. Valid options include`,
    ],
    [filter("Type", ["a"], "Contains"), `InvalidFilterOption: ${NOT_VALID} option is not valid: Contains.`],
    [
      filter("Path", ["/a"], "Equals"),
      `InvalidFilterOption: ${NOT_VALID} option is not valid: Equals. Valid options include: [Recursive, OneLevel].`,
    ],
    [filter("Type", ["a"]), `InvalidFilterValue: ${NOT_VALID} value is not valid: a. Valid values include: [String, `],
    [
      filter("Tier", ["a"]),
      `InvalidFilterValue: ${NOT_VALID} value is not valid: a. Valid values include: [Standard, `,
    ],
    [filter("Path", ["/aws/x"]), "ValidationException: Filters for common parameters can't be prefixed with"],
    [filter("Path", ["//"]), PATH_RULE],
    [filter("Path", ["/###"]), PATH_RULE],
    [filter("Path", ["a"]), PATH_RULE],
  ])("are refused where they mean nothing: %j", async (one, words) => {
    const described = cloud.client(SSMClient).send(new DescribeParametersCommand({ ParameterFilters: [one] }));
    expect(await refusal(described)).toContain(words);
  });

  it("are taken where they find nothing", async () => {
    for (const one of [filter("tag:a"), filter("Path", ["/aws/service/x"], "Recursive"), filter("Path", ["/"])]) {
      const described = await cloud.client(SSMClient).send(new DescribeParametersCommand({ ParameterFilters: [one] }));
      expect(described.Parameters).toEqual([]);
    }
  });

  it("name a key once", async () => {
    const twice = { ParameterFilters: [filter("Name", ["a"]), filter("Name", ["b"])] };
    expect(await refusal(cloud.client(SSMClient).send(new DescribeParametersCommand(twice)))).toBe(
      `InvalidFilterKey: ${NOT_VALID} is duplicated in the request: Name. A request can contain only one occurrence of a specific filter.`,
    );
  });

  it("of a path are other ones", async () => {
    const byPath = (Key: string, Option?: string) => {
      const ParameterFilters = [filter(Key, ["String"], Option)];
      return cloud.client(SSMClient).send(new GetParametersByPathCommand({ Path: "/a", ParameterFilters }));
    };
    for (const key of ["Name", "Tier", "tag:a", "Path", "DataType"])
      expect(await refusal(byPath(key))).toBe(
        `InvalidFilterKey: ${NOT_VALID} key is not valid: ${key}. Valid filter keys include: [Type, KeyId].`,
      );
    expect(await refusal(byPath("Label", "BeginsWith"))).toContain("InvalidFilterOption");
    expect((await byPath("Type")).Parameters).toEqual([]);
  });
});
