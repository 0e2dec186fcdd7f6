import { describe, expect, it } from "vitest";
import { dynamicReferencesIn, withDynamicValues } from "./dynamicReferences.ts";

describe("dynamic references", () => {
  it.each([
    ["{{resolve:ssm:/a/b:3}}", { service: "ssm", name: "/a/b", version: "3" }],
    ["{{resolve:ssm-secure:name}}", { service: "ssm-secure", name: "name", version: undefined }],
    [
      "{{resolve:secretsmanager:github/personal-access-token:SecretString}}",
      { service: "secretsmanager", secretId: "github/personal-access-token" },
    ],
    [
      "{{resolve:secretsmanager:arn:aws:secretsmanager:us-east-1:123456789012:secret:a-b12345:SecretString:user::v1}}",
      { secretId: "arn:aws:secretsmanager:us-east-1:123456789012:secret:a-b12345", jsonKey: "user", versionId: "v1" },
    ],
    [
      "{{resolve:secretsmanager:a:SecretString:k:AWSPREVIOUS}}",
      { secretId: "a", jsonKey: "k", versionStage: "AWSPREVIOUS" },
    ],
    ["{{resolve:secretsmanager:a}}", { secretId: "a", jsonKey: undefined }],
  ])("reads %s", (text, expected) => expect(dynamicReferencesIn([text])[0]).toMatchObject(expected));

  it.each([
    ["{{resolve:ssm:}}", "SSM"],
    ["{{resolve:ssm-secure:/some/name:}}", "SSM"],
    ["{{resolve:nothing:a}}", "dynamic"],
    ["{{resolve:secretsmanager:a:SecretBinary}}", "dynamic"],
  ])("refuses %s", (text, kind) => {
    expect(() => dynamicReferencesIn(text)).toThrow(
      `Incorrect format is used in the following ${kind} reference: [${text}]`,
    );
  });

  it("replaces each in place and asks once", async () => {
    const asked: string[] = [];
    const replaced = await withDynamicValues(
      { A: "x{{resolve:ssm:p}}y{{resolve:ssm:q}}", B: ["{{resolve:ssm:p}}", 1], C: "{{not}}" },
      {
        fetch: async (reference) => {
          asked.push(JSON.stringify(reference));
          return reference.service === "ssm" ? `<${reference.name}$1>` : "";
        },
      },
    );
    expect(replaced).toEqual({ A: "x<p$1>y<q$1>", B: ["<p$1>", 1], C: "{{not}}" });
    expect(asked).toHaveLength(2);
  });
});
