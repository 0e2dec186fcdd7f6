import { describe, expect, test } from "vitest";
import { samTransformBatch, samTransformText } from "./command.ts";

const TABLE = "Resources: { T: { Type: AWS::Serverless::SimpleTable } }";

describe("samTransformText", () => {
  test("prints the processed template with two spaces", () => {
    const outcome = samTransformText(TABLE, { region: "us-east-1" });
    expect(outcome).toMatchObject({ stderr: "", exitCode: 0 });
    expect(outcome.stdout).toMatch(/^\{\n {2}"Resources": \{\n {4}"T": \{/);
  });

  test("reports an invalid template on standard error", () => {
    expect(samTransformText("Resources: {}", { region: "us-east-1" })).toEqual({
      stdout: "",
      stderr:
        "Invalid Serverless Application Specification document. Number of errors found: 1. Structure of the SAM template is invalid. 'Resources' section is required\n",
      exitCode: 1,
    });
    expect(samTransformText("a: [", { region: "us-east-1" }).exitCode).toBe(1);
  });
});

describe("samTransformBatch", () => {
  const answers = async (...requests: unknown[]) => {
    const lines = requests.map((request) => (typeof request === "string" ? request : JSON.stringify(request)));
    const answered: unknown[] = [];
    for await (const line of samTransformBatch(lines)) answered.push(JSON.parse(line));
    return answered;
  };

  test("answers each request on a line of its own, in order", async () => {
    const [first, second, third] = await answers({ template: TABLE }, "", { template: {} }, "no json [");
    expect(first).toMatchObject({ template: { Resources: { T: { Type: "AWS::DynamoDB::Table" } } } });
    expect(second).toMatchObject({ error: expect.stringContaining("'Resources' section is required") });
    expect(third).toHaveProperty("error");
  });

  test("answers what is no request with an error, and goes on", async () => {
    const template = { Resources: { T: { Type: "AWS::Serverless::SimpleTable" } } };
    const lines = [
      "{",
      "[1]",
      {},
      { template, region: 5 },
      { template, parameters: [] },
      { template: "a: [" },
      { template },
    ];
    const answered = await answers(...lines);
    expect(answered).toMatchObject([
      { error: expect.stringMatching(/^The line is no JSON: /) },
      { error: "A request is a JSON object." },
      { error: "A request needs a template." },
      { error: "A request's region is text." },
      { error: "A request's parameters is a map." },
      { error: expect.any(String) },
      { template: expect.anything() },
    ]);
  });

  test("takes region, partition, parameters and managed policies", async () => {
    const template = {
      Parameters: { Name: { Type: "String" } },
      Resources: {
        F: {
          Type: "AWS::Serverless::Function",
          Properties: {
            Runtime: "nodejs22.x",
            Handler: "a.b",
            InlineCode: "x",
            AutoPublishAlias: { Ref: "Name" },
            Policies: ["Own", "AWSLambdaRole"],
          },
        },
      },
    };
    const request = {
      template,
      partition: "aws-cn",
      parameters: { Name: "blue" },
      managedPolicies: { Own: "arn:aws-cn:iam::1:policy/Own" },
    };
    const [answer] = await answers(request);
    expect(answer).toMatchObject({
      template: {
        Resources: {
          FAliasblue: { Properties: { Name: "blue" } },
          FRole: {
            Properties: {
              ManagedPolicyArns: [
                "arn:aws-cn:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
                "arn:aws-cn:iam::1:policy/Own",
                "arn:aws-cn:iam::aws:policy/service-role/AWSLambdaRole",
              ],
            },
          },
        },
      },
    });
  });
});
