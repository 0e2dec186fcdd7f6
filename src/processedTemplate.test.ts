import { expect, test } from "vitest";
import { processedTemplate } from "./processedTemplate.ts";

const FUNCTION = "Type: AWS::Serverless::Function, Properties: { Runtime: nodejs22.x, Handler: a.b";
const sam = (rest: string) => `Transform: AWS::Serverless-2016-10-31\nResources: { F: { ${FUNCTION}${rest} } } }`;

test("a SAM template is what SAM makes of it, wherever its code lies", () => {
  const { Resources } = JSON.parse(processedTemplate(sam(", CodeUri: src/")));
  expect(Resources).toMatchObject({ F: { Type: "AWS::Lambda::Function" }, FRole: { Type: "AWS::IAM::Role" } });
});

test("any other is what it was", () => {
  const text = "Resources: { A: { Type: AWS::S3::Bucket } }";
  expect(processedTemplate(text)).toBe(text);
});

test("what SAM refuses is refused", () =>
  expect(() => processedTemplate(sam(""))).toThrow("Invalid Serverless Application Specification document."));
