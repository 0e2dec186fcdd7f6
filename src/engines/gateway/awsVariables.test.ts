import { expect, test } from "vitest";
import { withAwsVariables } from "./awsVariables.ts";

test("a definition's variables of AWS are filled in, and no others", () => {
  const place = { account: "123456789012", partition: "aws", region: "eu-west-1" };
  const text = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${stageVariables.name}";
  expect(withAwsVariables(text, place)).toBe("arn:aws:lambda:eu-west-1:123456789012:function:${stageVariables.name}");
});
