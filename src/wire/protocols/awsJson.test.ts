import * as dynamodb from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { AwsError } from "../../kernel/errors.ts";
import { wireError } from "../errors.ts";
import { modelOf } from "../model.ts";
import { awsJson } from "./awsJson.ts";

const refusedBy = (facts: Parameters<typeof awsJson>[1], error: AwsError) => {
  const { body } = awsJson("1.0", facts).encodeError(wireError(error, undefined), "a-request");
  return JSON.parse(String(body));
};

const DYNAMODB = { errorNamespace: "com.amazonaws.dynamodb.v20120810" };

describe("a refusal's message", () => {
  const conditionFailed = (details: Readonly<Record<string, unknown>>) =>
    new AwsError("ConditionalCheckFailedException", "It failed", 400, details);

  test("has a capital in DynamoDB's failed conditions that show the item", () => {
    const shown = refusedBy(DYNAMODB, conditionFailed({ Item: {} }));
    expect(shown).toMatchObject({ Message: "It failed", Item: {} });
    expect(shown).not.toHaveProperty("message");
  });

  test("has none in others, nor for another service", () => {
    expect(refusedBy(DYNAMODB, conditionFailed({}))).toMatchObject({ message: "It failed" });
    expect(refusedBy({}, conditionFailed({ Item: {} }))).toMatchObject({ message: "It failed" });
  });

  test("is not there when it is empty", () => {
    expect(refusedBy({}, new AwsError("InvalidCiphertextException", "", 400, { message: "" }))).toEqual({
      __type: "InvalidCiphertextException",
    });
  });
});

test.each([" ", "{", "null", "1", '"text"'])("a body that is no document is refused without a word: %j", (text) => {
  const operation = modelOf(dynamodb).operation("ListTables") ?? expect.fail();
  const request = { method: "POST", path: "/", query: new URLSearchParams(), headers: {}, stream: undefined };
  const decode = () => awsJson("1.0", DYNAMODB).decode(operation, { ...request, body: Buffer.from(text) });
  expect(decode).toThrow(expect.objectContaining({ code: "SerializationException", message: "" }));
});
