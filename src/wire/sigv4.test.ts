import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import { AwsError } from "../kernel/errors.ts";
import { type CapturedRequest, createCapture } from "./signature/capturedRequest.ts";
import type { RefusalFamily } from "./signature/refusals.ts";
import { basicTime, parseBasicTime } from "./signature/time.ts";
import type { SignatureRules, SigningCredentials } from "./signature/verification.ts";
import { verifySignature } from "./sigv4.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const KEY = "AKIDEXAMPLE";
const capture = createCapture();
const config = (sessionToken?: string) => ({
  region: "eu-west-1",
  endpoint: "http://127.0.0.1:4566",
  credentials: { accessKeyId: KEY, secretAccessKey: SECRET, ...(sessionToken ? { sessionToken } : {}) },
  requestHandler: capture.handler as never,
  maxAttempts: 1,
});
const dynamodb = new DynamoDBClient(config());
const lambda = new LambdaClient(config());
const sts = new STSClient(config("the-token"));
const s3 = new S3Client({ ...config(), forcePathStyle: true });

const putItem = () =>
  capture.request(() => dynamodb.send(new PutItemCommand({ TableName: "facts", Item: { id: { S: "é😀" } } })));
const whoAmI = () => capture.request(() => sts.send(new GetCallerIdentityCommand({})));
const getObject = (Key: string) => capture.request(() => s3.send(new GetObjectCommand({ Bucket: "site", Key })));

const signedAt = (request: CapturedRequest) => parseBasicTime(request.headers["x-amz-date"] ?? "") ?? 0;
const rules = (
  family: RefusalFamily,
  signingName: string,
  request: CapturedRequest,
  more: Partial<SignatureRules<SigningCredentials>> = {},
): SignatureRules<SigningCredentials> => ({
  family,
  signingName,
  findCredentials: (key) => (key === KEY ? { secretAccessKey: SECRET } : undefined),
  machineTime: signedAt(request),
  cloudTime: signedAt(request),
  ...more,
});
const verify = (...[family, name, request, more]: Parameters<typeof rules>) =>
  verifySignature(request, rules(family, name, request, more));
const refusalOf = (work: () => unknown): { code: string; message: string; status: number } => {
  try {
    work();
  } catch (error) {
    if (error instanceof AwsError) return { code: error.code, message: error.message, status: error.statusCode };
    throw error;
  }
  throw new Error("nothing was refused");
};
const withHeaders = (request: CapturedRequest, headers: Record<string, string | undefined>): CapturedRequest => ({
  ...request,
  headers: Object.fromEntries(
    Object.entries({ ...request.headers, ...headers }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  ),
});

describe("signatures of the SDK", () => {
  it("are right for a JSON service", async () => {
    const verified = verify("awsJson", "dynamodb", await putItem());
    expect(verified).toMatchObject({ accessKeyId: KEY, scope: { region: "eu-west-1", service: "dynamodb" } });
  });

  it("are right for a Query service, whose session token is handed on", async () => {
    const request = await whoAmI();
    const found = { secretAccessKey: SECRET, owner: "somebody" };
    const findCredentials = (_key: string, token: string | undefined) => (token === "the-token" ? found : undefined);
    expect(verifySignature(request, { ...rules("query", "sts", request), findCredentials })?.credentials).toBe(found);
  });

  it("are right for a REST service whose path holds escapes", async () => {
    for (const FunctionName of ["arn:aws:lambda:eu-west-1:000000000000:function:a", "plain", "a:live"]) {
      const send = () =>
        lambda.send(new InvokeCommand({ FunctionName, Qualifier: "$LATEST", Payload: Buffer.from("{}") }));
      expect(verify("restJson", "lambda", await capture.request(send))).toBeDefined();
    }
  });

  it("are right for S3, whatever its keys hold", async () => {
    const keys = ["a", "a b+c", "é/😀", "a//b", "./x/../y", "100%", "a%2Fb", "!*'()~-._", "q?x=1&y#z", "=&;,:@$"];
    for (const key of keys) {
      expect(verify("s3", "s3", await getObject(key)), key).toMatchObject({ payload: { kind: "hashed" } });
      const list = () => s3.send(new ListObjectsV2Command({ Bucket: "site", Prefix: key, Delimiter: "/" }));
      expect(verify("s3", "s3", await capture.request(list)), key).toBeDefined();
      const put = () =>
        s3.send(new PutObjectCommand({ Bucket: "site", Key: key, Body: "x", Metadata: { two: "a  b" } }));
      expect(verify("s3", "s3", await capture.request(put)), key).toBeDefined();
    }
  });

  it("are absent from a request without one", async () => {
    const request = withHeaders(await putItem(), { authorization: undefined });
    expect(verify("awsJson", "dynamodb", request)).toBeUndefined();
  });
});

describe("what was changed after signing", () => {
  const MISMATCH = {
    awsJson: ["InvalidSignatureException", 400],
    restJson: ["InvalidSignatureException", 403],
    query: ["SignatureDoesNotMatch", 403],
  } as const;

  it("is refused: body, path, query, method, header", async () => {
    const request = await putItem();
    const changed: CapturedRequest[] = [
      { ...request, body: Buffer.from("{}") },
      { ...request, path: "/other" },
      { ...request, rawQuery: "a=b" },
      { ...request, method: "GET" },
      withHeaders(request, { "x-amz-target": "DynamoDB_20120810.DeleteItem" }),
    ];
    for (const one of changed)
      expect(refusalOf(() => verify("awsJson", "dynamodb", one))).toMatchObject({ code: "InvalidSignatureException" });
  });

  it("is refused in the words of each family", async () => {
    const request = await putItem();
    const other = { findCredentials: () => ({ secretAccessKey: "another" }) };
    for (const family of ["awsJson", "restJson", "query"] as const) {
      const [code, status] = MISMATCH[family];
      const refusal = refusalOf(() => verify(family, "dynamodb", request, other));
      expect(refusal).toMatchObject({ code, status });
      expect(refusal.message).toMatch(/^The request signature we calculated does not match .* for details\.$/);
    }
  });

  it("tells an S3 client what should have been signed", async () => {
    const request = await getObject("a");
    try {
      verify("s3", "s3", { ...request, path: "/site/b" });
      expect.unreachable();
    } catch (error) {
      const { details, code } = error as AwsError;
      expect(code).toBe("SignatureDoesNotMatch");
      expect(details).toMatchObject({ AWSAccessKeyId: KEY });
      expect(details["CanonicalRequest"]).toContain("GET\n/site/b\n");
      expect(details["StringToSignBytes"]).toMatch(/^41 57 53 34 /);
    }
  });

  it("is refused when it is a body that S3 took the header's word for", async () => {
    const put = await capture.request(() =>
      s3.send(new PutObjectCommand({ Bucket: "site", Key: "a", Body: "one" }), { requestTimeout: 1 }),
    );
    expect(refusalOf(() => verify("s3", "s3", { ...put, body: Buffer.from("two") }))).toMatchObject({
      code: "XAmzContentSHA256Mismatch",
      status: 400,
    });
  });
});

describe("time", () => {
  const MINUTE = 60_000;

  it("is fifteen minutes either way", async () => {
    const request = await putItem();
    const at = (offset: number) => () =>
      verify("awsJson", "dynamodb", request, { machineTime: signedAt(request) + offset });
    expect(at(15 * MINUTE)()).toBeDefined();
    expect(at(-15 * MINUTE)()).toBeDefined();
    const now = basicTime(signedAt(request) + 16 * MINUTE);
    const limit = basicTime(signedAt(request) + MINUTE);
    const signed = request.headers["x-amz-date"];
    expect(refusalOf(at(16 * MINUTE))).toEqual({
      code: "InvalidSignatureException",
      message: `Signature expired: ${signed} is now earlier than ${limit} (${now} - 15 min.)`,
      status: 400,
    });
    expect(refusalOf(at(-16 * MINUTE)).message).toMatch(
      /^Signature not yet current: .* is still later than .* \+ 15 min\.\)$/,
    );
  });

  it("has a code of its own at S3", async () => {
    const request = await getObject("a");
    const late = { machineTime: signedAt(request) + 16 * MINUTE };
    expect(refusalOf(() => verify("s3", "s3", request, late))).toEqual({
      code: "RequestTimeTooSkewed",
      message: "The difference between the request time and the current time is too large.",
      status: 403,
    });
  });

  it("ends temporary credentials by the cloud's clock", async () => {
    const request = await whoAmI();
    const ends = signedAt(request) + MINUTE;
    const at = (cloudTime: number) => () =>
      verify("query", "sts", request, {
        cloudTime,
        findCredentials: () => ({ secretAccessKey: SECRET, expiration: ends }),
      });
    expect(at(ends - 1)()).toBeDefined();
    expect(refusalOf(at(ends))).toMatchObject({ code: "ExpiredToken", status: 403 });
  });
});

describe("who and what for", () => {
  const stranger = { findCredentials: () => undefined };

  it("a key nobody has", async () => {
    const request = await putItem();
    expect(refusalOf(() => verify("awsJson", "dynamodb", request, stranger))).toEqual({
      code: "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
      status: 400,
    });
    expect(refusalOf(() => verify("query", "dynamodb", request, stranger))).toMatchObject({
      code: "InvalidClientTokenId",
    });
    const object = await getObject("a");
    expect(refusalOf(() => verify("s3", "s3", object, stranger))).toMatchObject({
      code: "InvalidAccessKeyId",
      status: 403,
    });
    const tokened = withHeaders(object, { "x-amz-security-token": "x" });
    const headers = { ...tokened.headers };
    headers["authorization"] = headers["authorization"]?.replace("x-amz-user", "x-amz-security-token;x-amz-user") ?? "";
    expect(refusalOf(() => verify("s3", "s3", { ...tokened, headers }, stranger))).toMatchObject({
      code: "InvalidToken",
    });
  });

  it("a signature for another service, region or day", async () => {
    const request = await putItem();
    const rescoped = (from: string | RegExp, to: string) =>
      withHeaders(request, { authorization: request.headers["authorization"]?.replace(from, to) });
    expect(refusalOf(() => verify("awsJson", "sqs", request)).message).toBe(
      "Credential should be scoped to correct service: 'sqs'. ",
    );
    expect(refusalOf(() => verify("awsJson", "dynamodb", rescoped("eu-west-1", "nowhere"))).message).toBe(
      "Credential should be scoped to a valid region, not 'nowhere'. ",
    );
    expect(refusalOf(() => verify("awsJson", "dynamodb", rescoped(/\/\d{8}\//, "/20000101/"))).message).toMatch(
      /^Date in Credential scope does not match YYYYMMDD/,
    );
  });

  it("headers that should have been signed", async () => {
    const request = withHeaders(await getObject("a"), { "x-amz-acl": "public-read" });
    expect(refusalOf(() => verify("s3", "s3", request)).message).toBe(
      "There were headers present in the request which were not signed",
    );
  });
});

describe("a header that is no signature", () => {
  it("is told what it lacks", async () => {
    const request = withHeaders(await putItem(), { authorization: "Bearer abc" });
    const { code, message } = refusalOf(() => verify("awsJson", "dynamodb", request));
    expect(code).toBe("IncompleteSignatureException");
    expect(message).toMatch(/^Authorization header requires 'Credential' parameter\. .* 'Signature' parameter\. /);
    const partly = withHeaders(request, { authorization: "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host" });
    expect(refusalOf(() => verify("query", "dynamodb", partly))).toMatchObject({
      code: "IncompleteSignature",
      status: 400,
    });
  });

  it("is told so by S3", async () => {
    const request = await getObject("a");
    const refused = (authorization: string) =>
      refusalOf(() => verify("s3", "s3", withHeaders(request, { authorization })));
    expect(refused("Bearer x")).toMatchObject({ code: "InvalidArgument", message: "Unsupported Authorization Type" });
    expect(refused("AWS key:signature")).toMatchObject({ code: "InvalidRequest" });
    expect(refused("AWS4-HMAC-SHA256 Credential=a/b")).toMatchObject({ code: "AuthorizationHeaderMalformed" });
  });
});

// The worked examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
describe("the examples of the S3 documentation", () => {
  const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const example = (parts: Partial<CapturedRequest>, signedHeaders: string, signature: string) => {
    const headers = {
      host: "examplebucket.s3.amazonaws.com",
      "x-amz-date": "20130524T000000Z",
      "x-amz-content-sha256": EMPTY,
      ...parts.headers,
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`,
    };
    const request = { method: "GET", path: "/", rawQuery: "", body: Buffer.alloc(0), ...parts, headers };
    return verify("s3", "s3", request, {
      findCredentials: () => ({ secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" }),
    });
  };

  it("GET an object's first bytes", () => {
    const parts = { path: "/test.txt", headers: { range: "bytes=0-9" } };
    const signature = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";
    expect(example(parts, "host;range;x-amz-content-sha256;x-amz-date", signature)).toBeDefined();
  });

  it("PUT an object", () => {
    const parts = {
      method: "PUT",
      path: "/test%24file.text",
      body: Buffer.from("Welcome to Amazon S3."),
      headers: {
        date: "Fri, 24 May 2013 00:00:00 GMT",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
        "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
      },
    };
    const signature = "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd";
    const signed = "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class";
    expect(example(parts, signed, signature)).toBeDefined();
  });

  it("GET a bucket's lifecycle and a listing", () => {
    const signed = "host;x-amz-content-sha256;x-amz-date";
    const lifecycle = "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543";
    expect(example({ rawQuery: "lifecycle" }, signed, lifecycle)).toBeDefined();
    const listing = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";
    expect(example({ rawQuery: "max-keys=2&prefix=J" }, signed, listing)).toBeDefined();
  });
});
