import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  type CreateFunctionUrlConfigCommandInput,
  DeleteFunctionUrlConfigCommand,
  InvokeWithResponseStreamCommand,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Asked, ask } from "../../../../test/ask.ts";
import { createHello, lambdaCloud, metricSum } from "../testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
beforeEach(async () => {
  cloud = await lambdaCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

/** Makes a URL for the function, open to everybody unless it asks for signatures; gives its host. */
const createUrl = async (more: Partial<CreateFunctionUrlConfigCommandInput> = {}): Promise<string> => {
  const AuthType = more.AuthType ?? "NONE";
  const input = { FunctionName: "hello", AuthType, ...more };
  const { FunctionUrl = "" } = await cloud.lambda.send(new CreateFunctionUrlConfigCommand(input));
  if (AuthType === "NONE") {
    await cloud.lambda.send(
      new AddPermissionCommand({
        FunctionName: "hello",
        StatementId: "public",
        Action: "lambda:InvokeFunctionUrl",
        Principal: "*",
        FunctionUrlAuthType: "NONE",
      }),
    );
  }
  return new URL(FunctionUrl).host;
};

const request = (host: string, asked: Asked = {}) => ask(cloud, { host, ...asked });

const ECHO = "export const handler = async (event) => event";
const streaming = (body: string) =>
  `export const handler = awslambda.streamifyResponse(async (event, stream) => { ${body} })`;

describe("buffered", () => {
  test("the event says what was asked", async () => {
    await createHello(cloud.lambda, ECHO);
    const host = await createUrl();
    const answer = await request(host, {
      method: "POST",
      path: "/a//b%20c?x=1&x=2&y=%20",
      headers: { "content-type": "application/json", cookie: "a=1; b=2", "user-agent": "test" },
      body: '{"n":1}',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(answer.text)).toMatchObject({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/a//b%20c",
      rawQueryString: "x=1&x=2&y=%20",
      queryStringParameters: { x: "1,2", y: " " },
      cookies: ["a=1", "b=2"],
      headers: { "content-type": "application/json", "user-agent": "test", "x-forwarded-for": "127.0.0.1" },
      requestContext: {
        accountId: "anonymous",
        apiId: host.split(".")[0],
        domainName: host.split(":")[0],
        http: { method: "POST", path: "/a/b c", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
        stage: "$default",
        time: "01/Jan/2026:00:00:00 +0000",
      },
      body: '{"n":1}',
      isBase64Encoded: false,
    });
    const binary = await request(host, {
      method: "POST",
      headers: { "content-type": "image/png" },
      body: Buffer.from([1, 2]),
    });
    expect(JSON.parse(binary.text)).toMatchObject({ body: "AQI=", isBase64Encoded: true });
  });

  test("an answer with a status is a whole response; one without is the body", async () => {
    await createHello(
      cloud.lambda,
      `export const handler = async ({ rawPath }) => rawPath === '/full'
        ? { statusCode: 201, headers: { 'X-A': 'b' }, cookies: ['c=1'], body: 'aGk=', isBase64Encoded: true }
        : rawPath === '/bad' ? { statusCode: 'x' }
        : rawPath === '/split' ? { statusCode: 200, headers: { 'x-a': 'b\\r\\nc' } } : 'plain'`,
    );
    const host = await createUrl();
    const full = await request(host, { path: "/full" });
    expect(full).toMatchObject({ status: 201, text: "hi", headers: { "x-a": "b", "set-cookie": ["c=1"] } });
    expect(await request(host)).toMatchObject({ status: 200, text: "plain" });
    for (const path of ["/bad", "/split"])
      expect(await request(host, { path })).toMatchObject({ status: 502, text: "Internal Server Error" });
    const byPath = await request("127.0.0.1:4566", { path: `/_lambda-url/${host.split(".")[0]}/full` });
    expect(byPath.status).toBe(201);
  });

  test("CORS: a preflight is answered for the function, and its answers carry the headers", async () => {
    await createHello(cloud.lambda, "export const handler = async () => 'x'");
    const Cors = { AllowOrigins: ["https://a.example"], AllowMethods: ["GET"], MaxAge: 60, AllowCredentials: true };
    const host = await createUrl({ Cors });
    const origin = { origin: "https://a.example" };
    const asked = await request(host, {
      method: "OPTIONS",
      headers: { ...origin, "access-control-request-method": "GET" },
    });
    expect(asked).toMatchObject({
      status: 200,
      text: "",
      headers: {
        "access-control-allow-origin": "https://a.example",
        "access-control-allow-methods": "GET",
        "access-control-max-age": "60",
        "access-control-allow-credentials": "true",
      },
    });
    expect((await request(host, { headers: origin })).headers["access-control-allow-origin"]).toBe("https://a.example");
    const other = await request(host, { headers: { origin: "https://b.example" } });
    expect(other.headers["access-control-allow-origin"]).toBeUndefined();
  });
});

describe("refusals", () => {
  test("a URL that is not public, not there, throttled, or whose function fails", async () => {
    await createHello(cloud.lambda, "export const handler = async () => { throw new Error('no') }");
    const input = { FunctionName: "hello", AuthType: "NONE" as const };
    const { FunctionUrl = "" } = await cloud.lambda.send(new CreateFunctionUrlConfigCommand(input));
    const { host } = new URL(FunctionUrl);
    expect(await request(host)).toMatchObject({
      status: 403,
      text: expect.stringMatching(
        /^\{"Message":"Forbidden\. For troubleshooting Function URL authorization issues, see: /,
      ),
    });
    expect((await request("nothing.lambda-url.localhost:4566")).text).toBe('{"Message":null}');
    expect((await request("nothing.lambda-url.localhost:4566")).status).toBe(403);
    await cloud.lambda.send(
      new AddPermissionCommand({ FunctionName: "hello", StatementId: "p", Action: "lambda:*", Principal: "*" }),
    );
    expect(await request(host)).toMatchObject({ status: 502, text: "Internal Server Error" });
    expect((await request(host, { method: "POST", body: Buffer.alloc(6_291_457) })).status).toBe(413);
    await cloud.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: "hello", ReservedConcurrentExecutions: 0 }),
    );
    expect(await request(host)).toMatchObject({
      status: 429,
      text: '{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}',
    });
  });

  test("AWS_IAM wants a signature of somebody who may", async () => {
    await createHello(cloud.lambda, ECHO);
    const host = await createUrl({ AuthType: "AWS_IAM" });
    expect((await request(host)).status).toBe(403);
    const credentials = await (cloud.lambda.config.credentials as () => Promise<never>)();
    const signer = new SignatureV4({ service: "lambda", region: "us-east-1", credentials, sha256: Sha256 });
    const signed = await signer.sign({
      method: "GET",
      protocol: "http:",
      hostname: host,
      path: "/",
      query: {},
      headers: { host },
    });
    const answer = await request(host, {
      headers: Object.fromEntries(Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value])),
    });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text).requestContext).toMatchObject({
      accountId: "123456789012",
      authorizer: { iam: { accountId: "123456789012", userArn: "arn:aws:iam::123456789012:root" } },
    });
  });
});

describe("streamed", () => {
  test("a prelude is the head, the rest is the body", async () => {
    await createHello(
      cloud.lambda,
      streaming(
        "const s = awslambda.HttpResponseStream.from(stream, { statusCode: 202, headers: { 'x-a': 'b' } }); s.write('one '); s.write('two'); s.end()",
      ),
    );
    const host = await createUrl({ InvokeMode: "RESPONSE_STREAM" });
    expect(await request(host)).toMatchObject({ status: 202, text: "one two", headers: { "x-a": "b" } });
  });

  test("more than the buffers hold arrives whole; a failure before the first byte is none of the caller's", async () => {
    await createHello(
      cloud.lambda,
      streaming(
        "if (event.rawPath === '/fail') throw new Error('no'); for (let i = 0; i < 300; i++) stream.write('x'.repeat(10000)); stream.end()",
      ),
    );
    const host = await createUrl({ InvokeMode: "RESPONSE_STREAM" });
    expect((await request(host)).text.length).toBe(3_000_000);
    expect(await request(host, { path: "/fail" })).toMatchObject({ status: 502 });
  });

  test("InvokeWithResponseStream gives the pieces and the end", async () => {
    await createHello(
      cloud.lambda,
      streaming("stream.write('a'); if (event.fail) throw new Error('no'); stream.write('b'); stream.end()"),
    );
    const invoke = async (event: object) => {
      const output = await cloud.lambda.send(
        new InvokeWithResponseStreamCommand({
          FunctionName: "hello",
          Payload: Buffer.from(JSON.stringify(event)),
          LogType: "Tail",
        }),
      );
      let text = "";
      for await (const { PayloadChunk, InvokeComplete } of output.EventStream ?? []) {
        if (PayloadChunk?.Payload) text += Buffer.from(PayloadChunk.Payload).toString();
        if (InvokeComplete) return { text, end: InvokeComplete, version: output.ExecutedVersion };
      }
      return { text, end: undefined, version: output.ExecutedVersion };
    };
    const whole = await invoke({});
    expect(whole).toMatchObject({ text: "ab", version: "$LATEST" });
    expect(whole.end?.ErrorCode).toBeUndefined();
    expect(Buffer.from(whole.end?.LogResult ?? "", "base64").toString()).toMatch(/^START RequestId/);
    const failed = await invoke({ fail: true });
    expect(failed.end).toMatchObject({ ErrorCode: "Unhandled" });
    expect(JSON.parse(failed.end?.ErrorDetails ?? "")).toMatchObject({ errorType: "Error", errorMessage: "no" });
  });
});

test("a function finds a trace with all that X-Ray's SDK asks for", async () => {
  await createHello(cloud.lambda, "export const handler = async () => process.env._X_AMZN_TRACE_ID");
  const { text } = await request(await createUrl());
  expect(text).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:0$/);
});

test("a URL that has been deleted is forbidden, and one that never was is nobody's", async () => {
  await createHello(cloud.lambda, ECHO);
  const host = await createUrl();
  expect((await request(host)).status).toBe(200);
  await cloud.lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName: "hello" }));
  const gone = await request(host);
  expect([gone.status, JSON.parse(gone.text).Message]).toEqual([403, expect.stringMatching(/^Forbidden\. For/)]);
  const told = ["UrlRequestCount", "Url4xxCount", "Url5xxCount", "Invocations"];
  expect(await Promise.all(told.map((name) => metricSum(cloud, name)))).toEqual([1, 0, 0, 1]);
  const never = await request(host.replace(/^[^.]+/, "0".repeat(32)));
  expect([never.status, JSON.parse(never.text)]).toEqual([403, { Message: null }]);
});
