import { expect, test } from "vitest";
import { templateBody } from "./templateBody.ts";

const RESOURCES = { Resources: { A: { Type: "AWS::S3::Bucket" } } };

test.each([
  ["a key that is there twice", "Description: a\nDescription: b\nResources: { A: { Type: AWS::S3::Bucket } }"],
  ["a brace that closes too far left", "Resources:\n  A: {\n    Type: AWS::S3::Bucket\n}"],
  ["a function", "Resources: { A: { Type: AWS::S3::Bucket } }\nOutputs: { B: { Value: !Ref A } }"],
])("%s does not hide the rest", (_what, text) => expect(templateBody(text).body).toMatchObject(RESOURCES));

test.each([
  ["an open list", "a: [", "Flow sequence"],
  ["an alias of nothing", "a: *b", "b"],
])("%s is told of", (_what, text, fault) => expect(templateBody(text).fault).toContain(fault));

test("a text is no template", () => expect(templateBody("words")).toEqual({ body: undefined, fault: undefined }));
