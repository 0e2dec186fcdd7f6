import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EngineFixture, engineFixture } from "./engineFixture.ts";

let fixture: EngineFixture;
beforeAll(() => {
  fixture = engineFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const run = async (
  code: string,
  { file = "index.mjs", event = {} as unknown, tail = true, spec = {} as Parameters<EngineFixture["write"]>[1] } = {},
) => {
  const result = await fixture.invoke(fixture.write({ [file]: code }, spec), event, { tail });
  return { ...result, log: Buffer.from(result.logTail ?? "", "base64").toString() };
};

describe("handlers", () => {
  test("an ES module's async handler gets the event and answers", async () => {
    const { outcome, json } = await run("export const handler = async (event) => ({ got: event.a })", {
      event: { a: 1 },
    });
    expect({ outcome, json }).toEqual({ outcome: "success", json: { got: 1 } });
  });

  test("CommonJS, callbacks, and nothing returned", async () => {
    const file = "index.js";
    expect(
      (await run("exports.handler = (e, c, done) => done(null, [e])", { file, event: "é\u{1F600}" })).json,
    ).toEqual(["é\u{1F600}"]);
    expect((await run("exports.handler = (e, c, done) => setTimeout(() => done(null, 1), 5)", { file })).json).toBe(1);
    expect((await run("exports.handler = async () => {}", { file })).json).toBe(null);
    expect((await run("exports.handler = () => {}", { file })).json).toBe(null);
    expect((await run("exports.handler = (e, c) => c.succeed(7)", { file })).json).toBe(7);
  });

  test("type: module, .cjs, folders and nested exports", async () => {
    const spec = fixture.write(
      { "src/app.js": "export const api = { get: async () => 'nested' }", "package.json": '{"type":"module"}' },
      { handler: "src/app.api.get" },
    );
    expect((await fixture.invoke(spec)).json).toBe("nested");
    expect((await run("exports.handler = async () => 1", { file: "index.cjs" })).json).toBe(1);
  });

  test("the context tells of the event and the function", async () => {
    const { json } = await run(
      "export const handler = async (e, c) => ({ ...c, left: c.getRemainingTimeInMillis(), stage: process.env.STAGE })",
      { spec: { environment: { STAGE: "prod" } } },
    );
    expect(json).toMatchObject({
      functionName: "hello",
      functionVersion: "$LATEST",
      memoryLimitInMB: "128",
      logGroupName: "/aws/lambda/hello",
      invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:hello",
      stage: "prod",
    });
    expect((json as { left: number }).left).toBeGreaterThan(2000);
  });

  test("the AWS SDK is there without being in the code when its folder is beside it; nothing of the host's environment is", async () => {
    process.env["ALOFT_TEST_SECRET"] = "host";
    const { json } = await run("export const handler = async () => process.env");
    delete process.env["ALOFT_TEST_SECRET"];
    expect(json).toMatchObject({
      AWS_ACCESS_KEY_ID: "ASIATEST",
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      AWS_REGION: "us-east-1",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x",
      AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
      _HANDLER: "index.handler",
      TZ: ":UTC",
    });
    expect(json).not.toHaveProperty("ALOFT_TEST_SECRET");
    expect((json as Record<string, string>)["HOME"]).not.toBe(process.env["HOME"]);
  });

  test("what SDKs put before the cloud's address leads to it all the same", async () => {
    const code = `import dns from "node:dns";
export const handler = (event, context, done) => dns.lookup("sync-127.0.0.1", (error, address) => done(error, address))`;
    expect((await run(code)).json).toBe("127.0.0.1");
  });

  test("an event of several megabytes goes in and out whole", async () => {
    const event = "x".repeat(5_000_000);
    expect((await run("export const handler = async (e) => e", { event })).json).toBe(event);
  });
});

describe("errors", () => {
  test("a thrown error, with its log line", async () => {
    const { outcome, json, log } = await run("export const handler = async () => { throw new TypeError('boom') }");
    expect(outcome).toBe("error");
    expect(json).toMatchObject({ errorType: "TypeError", errorMessage: "boom" });
    expect((json as { trace: string[] }).trace.slice(0, 2)).toEqual([
      "TypeError: boom",
      expect.stringMatching(/^ {4}at .*file:\/\/\/var\/task\/index\.mjs:1:\d+\)?$/),
    ]);
    expect(log).toMatch(
      /^\S+Z\t[0-9a-f-]{36}\tERROR\tInvoke Error \t\{"errorType":"TypeError","errorMessage":"boom","stack":\[/m,
    );
    expect(log).toMatch(/REPORT RequestId: .*Status: error\tError Type: TypeError\t\n/);
  });

  test("what is no error, and what cannot be JSON", async () => {
    expect((await run("export const handler = async () => { throw 'plain' }")).json).toEqual({
      errorType: "string",
      errorMessage: "plain",
      trace: [],
    });
    const circular = "export const handler = async () => { const a = {}; a.a = a; return a }";
    expect((await run(circular)).json).toMatchObject({ errorMessage: "Unable to stringify response body" });
  });

  test.each([
    [
      "no such file",
      "export const x = 1",
      { handler: "missing.handler" },
      "Runtime.ImportModuleError",
      "Error: Cannot find module 'missing'\nRequire stack:\n- /var/runtime/index.mjs",
    ],
    [
      "no such export",
      "export const x = 1",
      {},
      "Runtime.HandlerNotFound",
      "index.handler is undefined or not exported",
    ],
    ["not a function", "export const handler = 1", {}, "Runtime.HandlerNotFound", "index.handler is not a function"],
    ["a handler without a dot", "", { handler: "index" }, "Runtime.MalformedHandlerName", "Bad handler"],
    [
      "a syntax error",
      "export const handler = (",
      {},
      "Runtime.UserCodeSyntaxError",
      "SyntaxError: Unexpected end of input",
    ],
    ["an error while loading", "throw new RangeError('at load')", {}, "RangeError", "at load"],
    [
      "a callback on Node.js 24",
      "export const handler = (e, c, done) => done()",
      { runtime: "nodejs24.x" },
      "Runtime.CallbackHandlerDeprecated",
      /removed support/,
    ],
  ])("%s", async (_, code, spec, errorType, errorMessage) => {
    const { outcome, json, log } = await run(code, { spec });
    expect(outcome).toBe("error");
    expect(json).toMatchObject({ errorType, errorMessage: expect.stringMatching(errorMessage) });
    expect(log).toContain(`Error Type: ${errorType}`);
  });

  test("an uncaught exception and an unhandled rejection end the process, and the next event finds a new one", async () => {
    const code = `let calls = 0;
      export const handler = (event) => new Promise(() => {
        calls++;
        if (event === "throw") setTimeout(() => { throw new Error("late") });
        else if (event === "reject") void Promise.reject(new Error("lost"));
        else process.exit(event);
      })`;
    const spec = fixture.write({ "index.mjs": code });
    expect((await fixture.invoke(spec, "throw")).json).toMatchObject({ errorType: "Error", errorMessage: "late" });
    expect((await fixture.invoke(spec, "reject")).json).toMatchObject({
      errorType: "Runtime.UnhandledPromiseRejection",
      errorMessage: "Error: lost",
    });
    const { json } = await fixture.invoke(spec, 3);
    expect((json as { errorType: string }).errorType).toBe("Runtime.ExitError");
    expect((json as { errorMessage: string }).errorMessage).toMatch(
      /^RequestId: \S+ Error: Runtime exited with error: exit status 3$/,
    );
    expect((await fixture.invoke(spec, 0)).json).toMatchObject({
      errorMessage: expect.stringMatching("Error: Runtime exited without providing a reason"),
    });
  });

  test("a promise that nothing will settle", async () => {
    const { json } = await run("export const handler = async () => new Promise(() => {})");
    expect(json).toMatchObject({ errorType: "Runtime.NodeJsExit" });
  });

  test("a response larger than Lambda passes on", async () => {
    const { json } = await run("export const handler = async () => 'x'.repeat(6300000)");
    expect(json).toEqual({
      errorType: "Function.ResponseSizeTooLarge",
      errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    });
  });
});

describe("logs", () => {
  test("text, with its platform lines and messages of several lines", async () => {
    const { log } = await run(
      "console.log('loading'); export const handler = async () => { console.warn('a\\nb', { c: 1 }); process.stdout.write('raw\\n') }",
    );
    expect(log).toMatch(
      /^START RequestId: \S+ Version: \$LATEST\n\S+Z\t\S+\tWARN\ta\nb \{ c: 1 \}\nraw\nEND RequestId: \S+\nREPORT RequestId: \S+\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms\t\n$/,
    );
    expect(fixture.messages.some((message) => /^\S+Z\tundefined\tINFO\tloading\n$/.test(message))).toBe(true);
    expect(
      fixture.messages.some((message) => message.startsWith("INIT_START Runtime Version: nodejs:20 (Node.js v")),
    ).toBe(true);
    expect([...fixture.logStreams][0]).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
  });

  test("JSON, at and above the function's level", async () => {
    const logging = { group: "/aws/lambda/hello", format: "JSON", applicationLevel: "WARN" } as const;
    const { log } = await run(
      "export const handler = async () => { console.info('no'); console.error('yes', new Error('e')) }",
      { spec: { logging } },
    );
    const lines = log
      .trim()
      .split(/\n|(?<=\})(?=\{)/)
      .map((line) => JSON.parse(line));
    expect(lines.map(({ type, level }) => type ?? level)).toEqual(["platform.start", "ERROR", "platform.report"]);
    expect(lines[1]).toMatchObject({ errorType: "Error", errorMessage: "e", requestId: lines[0].record.requestId });
    expect(lines[2].record).toMatchObject({ status: "success", metrics: { memorySizeMB: 128 } });
  });

  test("platform events in JSON, at and above the system's level", async () => {
    const typesAt = async (systemLevel: string, fails = "") => {
      const logging = { group: "/aws/lambda/hello", format: "JSON", systemLevel } as const;
      const { log } = await run(`export const handler = async () => { ${fails} }`, { spec: { logging } });
      const lines = log.split("\n").flatMap((line) => (line.startsWith('{"time":') ? JSON.parse(line).type : []));
      return lines;
    };
    expect(await typesAt("INFO")).toEqual(["platform.start", "platform.report"]);
    expect(await typesAt("DEBUG")).toEqual(["platform.start", "platform.runtimeDone", "platform.report"]);
    expect(await typesAt("WARN")).toEqual([]);
    expect(await typesAt("WARN", "process.exit(1)")).toEqual(["platform.runtimeDone", "platform.report"]);
  });

  test("the tail is the last 4 KB", async () => {
    const { log } = await run(
      "export const handler = async () => { for (let i = 0; i < 200; i++) console.log('x'.repeat(90)) }",
    );
    expect(Buffer.byteLength(log)).toBe(4096);
    expect(log).toMatch(/REPORT/);
  });
});

describe("streaming", () => {
  const code = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
    stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
    stream.write("one "); await new Promise((r) => setTimeout(r, 5)); stream.write("two");
    if (event.fail) throw new Error("half-way");
    stream.end();
  })`;

  test("chunks as they are written, and the whole for those who wait", async () => {
    const spec = fixture.write({ "index.mjs": code });
    const chunks: string[] = [];
    const types = new Set<string>();
    const result = await fixture.engine.invoke(spec, {
      requestId: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
      payload: "{}",
      invokedFunctionArn: "arn",
      onChunk: (chunk, contentType) => {
        chunks.push(Buffer.from(chunk).toString());
        types.add(contentType);
      },
    });
    expect(result.outcome).toBe("success");
    expect(chunks.join("")).toBe(`{"statusCode":201}${"\0".repeat(8)}one two`);
    expect([...types]).toEqual(["application/vnd.awslambda.http-integration-response"]);
    const whole = await fixture.engine.invoke(spec, { requestId: "a1", payload: "{}", invokedFunctionArn: "arn" });
    expect(whole.payload.toString()).toContain("one two");
  });

  test("an error after the first byte", async () => {
    const result = await fixture.invoke(fixture.write({ "index.mjs": code }), { fail: true });
    expect(result).toMatchObject({ outcome: "error", json: { errorType: "Error", errorMessage: "half-way" } });
  });
});

describe("responses of custom resources", () => {
  /** A cloud's door for responses: what it was sent. */
  const door = async () => {
    const heard: string[] = [];
    const server = createServer(async (request, response) => {
      heard.push(`${request.method} ${request.url} ${await text(request)}`);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const ResponseURL = `http://127.0.0.1:${port}/_cloudformation/responses/1?signature=2`;
    return { heard, ResponseURL, [Symbol.dispose]: () => server.close() };
  };

  test("are sent by HTTPS to host and path, and arrive where the URL says", async () => {
    using custom = await door();
    const code = `
      import https from "node:https";
      import { request } from "https";
      const send = (request, ...args) => new Promise((resolve, reject) => {
        const sent = request(...args, (response) => resolve(response.statusCode));
        sent.on("error", reject);
        sent.end("done");
      });
      export const handler = async ({ ResponseURL }) => {
        const { hostname, pathname, search } = new URL(ResponseURL);
        const options = { hostname, port: 443, path: pathname + search, method: "PUT" };
        return [await send(https.request, options), await send(request, "https://" + hostname + pathname, { method: "PUT" })];
      };`;
    const { json } = await run(code, { event: { ResponseURL: custom.ResponseURL } });
    expect(json).toEqual([200, 200]);
    expect(custom.heard[0]).toBe("PUT /_cloudformation/responses/1?signature=2 done");
  });

  test("leave every other request alone", async () => {
    using custom = await door();
    const code = `
      import https from "node:https";
      export const handler = ({ ResponseURL }) => new Promise((resolve) => {
        https.request({ hostname: new URL(ResponseURL).hostname, port: 9, path: "/elsewhere" }).on("error", (e) => resolve(e.code)).end();
      });`;
    const { json } = await run(code, { event: { ResponseURL: custom.ResponseURL } });
    expect([json, custom.heard]).toEqual(["ECONNREFUSED", []]);
  });
});
