import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { launchChild } from "./childProcess.ts";
import { type EngineFixture, engineFixture } from "./engineFixture.ts";

let fixture: EngineFixture;
beforeAll(() => {
  fixture = engineFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

describe("Python", () => {
  const run = async (code: string, event: unknown = {}, spec = {}) => {
    const written = fixture.write({ "app.py": code }, { runtime: "python3.11", handler: "app.handler", ...spec });
    const result = await fixture.invoke(written, event, { tail: true });
    return { ...result, log: Buffer.from(result.logTail ?? "", "base64").toString() };
  };

  test("a handler, its context and its log", async () => {
    const code = `import logging
def handler(event, context):
    print("printed")
    print("without an end", end="")
    logging.getLogger().warning("two\\nlines")
    return {"got": event, "name": context.function_name, "left": context.get_remaining_time_in_millis() > 0}
`;
    const { json, log } = await run(code, { a: "é" });
    expect(json).toEqual({ got: { a: "é" }, name: "hello", left: true });
    expect(log).toContain("printed\n");
    expect(log).toMatch(/without an end(?=END RequestId)/);
    expect(log).toMatch(/\[WARNING\]\t\S+Z\t[0-9a-f-]{36}\ttwo\nlines\n/);
  });

  test("a log in JSON, at and above the function's level", async () => {
    const code = `import logging
def handler(event, context):
    log = logging.getLogger()
    log.debug("unheard")
    log.info("é", extra={"order": 7})
    try:
        return 1 / 0
    except ZeroDivisionError:
        log.exception("caught")
`;
    const logging = { group: "/aws/lambda/hello", format: "JSON", applicationLevel: "INFO" } as const;
    const { log } = await run(code, {}, { logging });
    const lines = log.split("\n").filter((line) => line.includes('"logger"'));
    const known = {
      timestamp: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      logger: "root",
      requestId: expect.any(String),
    };
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { ...known, level: "INFO", message: "é", order: 7 },
      {
        ...known,
        level: "ERROR",
        message: "caught",
        stackTrace: [expect.stringContaining('File "/var/task/app.py", line 7, in handler')],
        errorType: "ZeroDivisionError",
        errorMessage: "division by zero",
        location: "/var/task/app.py:handler:9",
      },
    ]);
  });

  test("an error", async () => {
    const { json, log, outcome } = await run("def handler(event, context):\n    return 1 / 0\n");
    expect(outcome).toBe("error");
    expect(json).toMatchObject({ errorType: "ZeroDivisionError", errorMessage: "division by zero" });
    expect((json as { stackTrace: string[] }).stackTrace).toEqual([
      '  File "/var/task/app.py", line 2, in handler\n    return 1 / 0\n',
    ]);
    expect(log).toContain("[ERROR] ZeroDivisionError: division by zero\nTraceback (most recent call last):\n");
  });

  test.each([
    ["app.missing", "Runtime.HandlerNotFound", "Handler 'missing' missing on module 'app'"],
    ["nowhere.handler", "Runtime.ImportModuleError", "Unable to import module 'nowhere': No module named 'nowhere'"],
    [
      "handler",
      "Runtime.MalformedHandlerName",
      "Bad handler 'handler': not enough values to unpack (expected 2, got 1)",
    ],
  ])("%s", async (handler, errorType, errorMessage) => {
    expect((await run("x = 1\n", {}, { handler })).json).toMatchObject({ errorType, errorMessage });
  });

  test("what SDKs put before the cloud's address leads to it all the same", async () => {
    const code = `import socket
def handler(event, context):
    return socket.getaddrinfo("sync-127.0.0.1", 80)[0][4][0]
`;
    expect((await run(code)).json).toBe("127.0.0.1");
  });

  test("one that has answered and is slow to ask for its next event is waited for", async () => {
    let nowMs = 0;
    await using slow = engineFixture({
      stopwatchMs: () => nowMs,
      // Each event takes long, so that another environment would be worth its start.
      log: (_spec, _stream, { message }) => {
        if (message.startsWith("START")) nowMs += 5000;
        slow.messages.push(message);
      },
    });
    const code = `import os, time, __main__
ask = __main__.RuntimeClient.next
def ask_later(self):
    time.sleep(0.1)
    return ask(self)
__main__.RuntimeClient.next = ask_later
def handler(event, context):
    return os.getpid()
`;
    const spec = slow.write({ "app.py": code }, { runtime: "python3.11", handler: "app.handler", timeoutMs: 20_000 });
    const pids = new Set<unknown>();
    for (let count = 0; count < 4; count++) pids.add((await slow.invoke(spec)).json);
    expect(pids.size).toBe(1);
    expect(slow.messages.filter((message) => message.startsWith("INIT_START"))).toHaveLength(1);
  });

  test("programs of layers are found where AWS has them", async () => {
    const code = `import subprocess
def handler(event, context):
    return [subprocess.check_output(["/opt/tool/" + name, "x"]).decode() for name in ("script", "program")]
`;
    await using layered: EngineFixture = engineFixture({
      codeFolders: async (spec) => {
        const taskRoot = layered.taskRoot(spec);
        return { taskRoot, layerRoot: join(taskRoot, "layers") };
      },
    });
    const files = {
      "app.py": code,
      "layers/tool/script": "#!/var/lang/bin/python\nimport sys\nprint(sys.argv[1:])\n",
      "layers/tool/program": "#!/bin/sh\necho $1 of the shell\n",
    };
    const written = layered.write(files, { runtime: "python3.11", handler: "app.handler" });
    expect((await layered.invoke(written)).json).toEqual(["['x']\n", "x of the shell\n"]);
  });

  test("what JSON cannot hold", async () => {
    const code =
      "from decimal import Decimal\ndef handler(event, context):\n    return {event: Decimal('1.5'), 'n': Decimal(2)} if event == 'd' else {1, 2}\n";
    expect((await run(code, "d")).json).toEqual({ d: 1.5, n: 2 });
    expect((await run(code)).json).toMatchObject({ errorType: "Runtime.MarshalError" });
  });
});

describe("custom runtimes", () => {
  const BOOTSTRAP = `#!/bin/bash
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
while true; do
  headers=$(mktemp)
  event=$(curl -sS -D "$headers" "$api/invocation/next")
  id=$(grep -i Lambda-Runtime-Aws-Request-Id "$headers" | tr -d '[:space:]' | cut -d: -f2)
  echo "handling with $_HANDLER"
  case "$event" in
    *fail*) curl -sS -X POST "$api/invocation/$id/error" -d '{"errorType":"Custom.Oops","errorMessage":"no"}' -H 'Lambda-Runtime-Function-Error-Type: Custom.Oops' > /dev/null;;
    *rubbish*)
      curl -sS -X POST "$api/invocation/nope/response" -d '1'; echo
      curl -sS -X POST "$api/init/error" -d '{}'; echo
      curl -sS -X PUT "$api/invocation/next/$id" -d '}'; echo
      curl -sS -X POST "$api/invocation/$id/response" -d 'no json' > /dev/null
      curl -sS -X POST "$api/invocation/$id/response" -d '2'; echo;;
    *) curl -sS -X POST "$api/invocation/$id/response" -d "{\\"echo\\":$event}" > /dev/null;;
  esac
done
`;
  const spec = (files: Record<string, string>) => fixture.write(files, { runtime: "provided.al2023", handler: "any" });

  test("the archive's bootstrap speaks the runtime API", async () => {
    const written = spec({ bootstrap: BOOTSTRAP });
    const { json, logTail } = await fixture.invoke(written, { a: 1 }, { tail: true });
    expect(json).toEqual({ echo: { a: 1 } });
    expect(Buffer.from(logTail ?? "", "base64").toString()).toContain("handling with any\n");
    expect(await fixture.invoke(written, "fail")).toMatchObject({
      outcome: "error",
      json: { errorType: "Custom.Oops", errorMessage: "no" },
    });
  });

  test("a bootstrap that talks rubbish to the runtime API is told so, and goes on", async () => {
    const written = spec({ bootstrap: BOOTSTRAP });
    const { engine, messages } = fixture;
    const before = messages.length;
    const invocation = { requestId: "r", payload: '"rubbish"', invokedFunctionArn: "arn" };
    expect((await engine.invoke(written, invocation)).payload.toString()).toBe("no json");
    expect((await fixture.invoke(written, "after")).json).toEqual({ echo: "after" });
    const wrongId = "InvalidRequestID";
    await vi.waitFor(() => {
      const told = messages.slice(before).filter((message) => message.startsWith("{"));
      const types = told.map((message) => JSON.parse(message).errorType);
      expect(types).toEqual([wrongId, "InvalidStateTransition", "NotFound", wrongId]);
    });
  });

  test("an archive without a bootstrap, and one that cannot run", async () => {
    expect((await fixture.invoke(spec({}), {}, { requestId: "r" })).json).toEqual({
      errorType: "Runtime.InvalidEntrypoint",
      errorMessage: "RequestId: r Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]",
    });
    expect((await fixture.invoke(spec({ bootstrap: "#!/no/such/program\n" }), {}, { requestId: "r" })).json).toEqual({
      errorType: "Runtime.InvalidEntrypoint",
      errorMessage: "RequestId: r Error: fork/exec /var/task/bootstrap: no such file or directory",
    });
    expect((await fixture.invoke(spec({ bootstrap: "#!/bin/bash\nexit 4\n" }))).json).toMatchObject({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringMatching(/Runtime exited with error: exit status 4$/),
    });
  });
});

describe("a Node.js of another version", () => {
  test("runs the function where it is here, with a start of its own", async () => {
    const version = "Node.js v99.1.0";
    const file = `${process.execPath}-99`;
    const fixture = engineFixture({
      nodeOf: (major) => (major === 99 ? { file, version } : undefined),
      // The same program by another name, as no second one is at hand.
      launch: (command) => launchChild(command.file === file ? { ...command, file: process.execPath } : command),
    });
    await using _ = fixture;
    await fixture.engine.prepare();
    const spec = fixture.write({ "index.mjs": "export const handler = async () => 1" }, { runtime: "nodejs99.x" });
    expect((await fixture.invoke(spec)).json).toBe(1);
    expect(fixture.messages[0]).toBe("INIT_START Runtime Version: nodejs:99 (Node.js v99.1.0)\n");
  });
});

/** Whether this machine has a C compiler. */
const hasCompiler = spawnSync("cc", ["--version"]).status === 0;

test.skipIf(!hasCompiler)("a compiled bootstrap", async () => {
  const folder = mkdtempSync(join(tmpdir(), "aloft-bootstrap-"));
  const file = join(folder, "bootstrap");
  const source = fileURLToPath(new URL("./fixtures/bootstrap.c", import.meta.url));
  expect(spawnSync("cc", ["-o", file, source]).status).toBe(0);
  const spec = fixture.write({ bootstrap: "" }, { runtime: "provided.al2023", handler: "any" });
  const task = fixture.taskRoot(spec);
  copyFileSync(file, join(task, "bootstrap"));
  expect((await fixture.invoke(spec, { a: 1 })).json).toEqual({ a: 1 });
  expect((await fixture.invoke(spec, { b: "é" })).json).toEqual({ b: "é" });
  expect(fixture.messages).toContainEqual('C got {"a":1}\n');
  rmSync(folder, { recursive: true });
});
