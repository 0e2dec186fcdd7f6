import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, it } from "vitest";
import { verifySignature } from "../sigv4.ts";
import { type CapturedRequest, createCapture } from "./capturedRequest.ts";
import { recognise } from "./quick.ts";
import { parseBasicTime } from "./time.ts";
import type { SignatureRules, SigningCredentials } from "./verification.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const capture = createCapture();
const clientWith = (sessionToken?: string) =>
  new DynamoDBClient({
    region: "eu-west-1",
    endpoint: "http://127.0.0.1:4566",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: SECRET, ...(sessionToken ? { sessionToken } : {}) },
    requestHandler: capture.handler as never,
    maxAttempts: 1,
  });
const put = (sessionToken?: string) =>
  capture.request(() =>
    clientWith(sessionToken).send(new PutItemCommand({ TableName: "facts", Item: { id: { S: "é😀" } } })),
  );

type More = Partial<SignatureRules<SigningCredentials>>;

const rulesOf = (request: CapturedRequest, more: More = {}): SignatureRules<SigningCredentials> => {
  const now = parseBasicTime(String(request.headers["x-amz-date"])) ?? 0;
  return {
    family: "awsJson",
    signingName: "dynamodb",
    findCredentials: (accessKeyId) => (accessKeyId === "AKIDEXAMPLE" ? { secretAccessKey: SECRET } : undefined),
    machineTime: now,
    cloudTime: now,
    ...more,
  };
};

const quick = (request: CapturedRequest, more?: More) =>
  recognise(request.headers, request.body ?? Buffer.alloc(0), rulesOf(request, more));

/** The full verification's opinion. */
const full = (request: CapturedRequest, more?: More): boolean => {
  try {
    return verifySignature(request, rulesOf(request, more)) !== undefined;
  } catch {
    return false;
  }
};

describe("the quick look at a signature", () => {
  let request: CapturedRequest;
  beforeAll(async () => {
    request = await put();
  });
  const withHeader = (name: string, value: string): CapturedRequest => ({
    ...request,
    headers: { ...request.headers, [name]: value },
  });

  it("recognises what the full verification accepts", async () => {
    expect(quick(request)).toEqual({ secretAccessKey: SECRET });
    expect(quick(await put("the-token"))).toEqual({ secretAccessKey: SECRET });
    expect(quick(request)).toEqual({ secretAccessKey: SECRET });
  });

  const authorization = () => String(request.headers["authorization"]);
  const SKEW_MS = 15 * 60_000 + 1000;

  it.each<[string, () => CapturedRequest, More]>([
    ["another body", () => ({ ...request, body: Buffer.from("{}") }), {}],
    ["a changed header that was signed", () => withHeader("x-amz-target", "DynamoDB_20120810.DeleteTable"), {}],
    ["a changed host", () => withHeader("host", "127.0.0.1:4567"), {}],
    [
      "another signature",
      () =>
        withHeader(
          "authorization",
          authorization().replace(/.$/, (c) => (c === "0" ? "1" : "0")),
        ),
      {},
    ],
    ["a cut signature", () => withHeader("authorization", authorization().slice(0, -1)), {}],
    ["another key", () => withHeader("authorization", authorization().replace("AKIDEXAMPLE", "AKIDOTHER")), {}],
    ["another day", () => withHeader("authorization", authorization().replace(/\/\d{8}\//, "/20200101/")), {}],
    ["a key that has ended", () => request, { findCredentials: () => ({ secretAccessKey: SECRET, expiration: 1 }) }],
    ["another secret", () => request, { findCredentials: () => ({ secretAccessKey: "other" }) }],
    ["another service", () => request, { signingName: "kms" }],
    ["a late clock", () => request, { machineTime: Date.UTC(2000, 0, 1) }],
  ])("knows nobody in a request with %s, as the full one", (_what, change, more) => {
    expect(quick(change(), more)).toBeUndefined();
    expect(full(change(), more)).toBe(false);
  });

  it("takes signatures of the last minutes only", () => {
    const signedAt = parseBasicTime(String(request.headers["x-amz-date"])) ?? 0;
    expect(quick(request, { machineTime: signedAt + SKEW_MS })).toBeUndefined();
    expect(quick(request, { machineTime: signedAt - SKEW_MS })).toBeUndefined();
    expect(quick(request, { machineTime: signedAt + SKEW_MS - 2000 })).toBeDefined();
  });

  it("leaves unusual forms to the full verification", () => {
    const doubled = withHeader("user-agent", "two  blanks");
    expect(quick(doubled)).toEqual(full(doubled) ? { secretAccessKey: SECRET } : undefined);
    expect(
      quick(withHeader("authorization", authorization().replace("AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA256  "))),
    ).toBeUndefined();
  });
});
