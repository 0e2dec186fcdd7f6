import { expect, test } from "vitest";
import { isFunctionUri, isServiceUri, serviceAnswer, serviceRequest } from "./serviceRequest.ts";

const parts = {
  path: { key: "a/b" },
  querystring: { x: "1 2" },
  headers: { "X-Amz-Target": "T" },
  method: "POST",
  body: Buffer.from("{}"),
  signal: new AbortController().signal,
};

test("an action is named beside the path", () => {
  const uri = "arn:aws:apigateway:us-east-1:dynamodb:action/PutItem";
  expect(isServiceUri(uri)).toBe(true);
  expect(serviceRequest(uri, parts)).toMatchObject({
    service: "dynamodb",
    region: "us-east-1",
    action: "PutItem",
    path: "/",
    rawQuery: "x=1+2",
    headers: { accept: "application/json", "content-type": "application/json", "x-amz-target": "T" },
    url: "https://dynamodb.us-east-1.amazonaws.com/?Action=PutItem",
  });
});

test("a path has its parameters filled in, and keeps its own query", () => {
  const uri = "arn:aws:apigateway:eu-west-1:bucket.s3:path/objects/{key}?list-type=2";
  expect(serviceRequest(uri, parts)).toMatchObject({
    service: "s3",
    action: undefined,
    path: "/objects/a/b",
    rawQuery: "list-type=2&x=1+2",
  });
});

test("what is no such URI names no service", () => {
  expect(isServiceUri("https://example.com/")).toBe(false);
  expect(isFunctionUri("arn:aws:apigateway:us-east-1:sqs:path/1/q")).toBe(false);
  expect(isServiceUri("arn:aws:lambda:us-east-1:000000000000:function:hello")).toBe(false);
});

test("an answer is gathered, whatever form its body has", async () => {
  async function* pieces() {
    yield Buffer.from("a");
    yield Buffer.from("b");
  }
  const answer = await serviceAnswer({ status: 200, headers: { "Set-Cookie": ["x", "y"] }, body: pieces() });
  expect(answer).toEqual({ status: 200, headers: { "set-cookie": "x,y" }, body: Buffer.from("ab") });
  expect((await serviceAnswer({ status: 204, headers: {} })).body).toHaveLength(0);
});
