import { describe, expect, test } from "vitest";
import { toJson } from "../values/convert.ts";
import { knownManagedPolicy } from "./managedPolicies.ts";
import { policyDocument } from "./templateNotation.ts";
import { POLICY_TEMPLATES } from "./templateTable.ts";

describe("managed policies", () => {
  test("are known by name, with their path, in their partitions", () => {
    expect(knownManagedPolicy("AWSLambdaBasicExecutionRole", "aws")).toBe(
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    );
    expect(knownManagedPolicy("AdministratorAccess", "aws-cn")).toBe("arn:aws-cn:iam::aws:policy/AdministratorAccess");
    expect(knownManagedPolicy("NoSuchPolicy", "aws")).toBeUndefined();
    expect(knownManagedPolicy("AdministratorAccess", "aws-iso")).toBeUndefined();
  });
});

describe("policy templates", () => {
  test("fill their parameters in", () => {
    const definition = POLICY_TEMPLATES["DynamoDBWritePolicy"]!;
    expect(toJson(policyDocument(definition, () => "facts"))).toEqual({
      Statement: [
        {
          Effect: "Allow",
          Action: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"],
          Resource: ["", "/index/*"].map((suffix) => ({
            "Fn::Sub": [
              `arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/\${tableName}${suffix}`,
              { tableName: "facts" },
            ],
          })),
        },
      ],
    });
  });

  test.each(Object.entries(POLICY_TEMPLATES))("%s uses each of its parameters and no other", (_, definition) => {
    const asked = new Set<string>();
    const text = JSON.stringify(
      toJson(
        policyDocument(definition, (parameter) => {
          asked.add(parameter);
          return "value";
        }),
      ),
    );
    expect([...asked].sort()).toEqual([...definition.parameters].sort());
    const variables = [...text.matchAll(/\$\{([A-Za-z0-9]+)\}/g)].map((match) => match[1]);
    for (const variable of variables) expect(text).toContain(`"${variable}":"value"`);
  });
});
