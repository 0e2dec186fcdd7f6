import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type EngineFixture, engineFixture } from "./engineFixture.ts";
import type { FunctionSpec } from "./spec.ts";

let root: string;
let fixture: EngineFixture;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "aloft-extension-"));
  fixture = engineFixture({
    codeFolders: async (spec) => ({ taskRoot: join(root, spec.key, "task"), layerRoot: join(root, spec.key, "opt") }),
  });
});
afterEach(async () => {
  await fixture[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

const write = (files: Readonly<Record<string, string>>): FunctionSpec => {
  const spec = fixture.write({});
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, spec.key, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o755 });
  }
  return spec;
};

/** An external extension that prints every event it gets; `more` runs once it has registered. */
const extension = (more = "") => `#!${process.execPath}
const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API;
const call = (path, init) => fetch(api + path, init);
(async () => {
  const registered = await call("/2020-01-01/extension/register", { method: "POST",
    headers: { "Lambda-Extension-Name": "spy", "Lambda-Extension-Accept-Feature": "accountId" }, body: JSON.stringify({ events: ["INVOKE", "SHUTDOWN"] }) });
  const id = registered.headers.get("lambda-extension-identifier");
  console.log("extension registered", JSON.stringify(await registered.json()));
  const headers = { "Lambda-Extension-Identifier": id };
  ${more}
  for (;;) {
    const event = await (await call("/2020-01-01/extension/event/next", { headers })).json();
    console.log("extension got", event.eventType, event.requestId ?? event.shutdownReason);
    if (event.eventType === "SHUTDOWN") process.exit(0);
  }
})();
`;
const HANDLER = "export const handler = async () => { console.log('handler line'); return 'done' }";

describe("external extensions", () => {
  test("register, hear of events and of the end", async () => {
    const farewell = "process.on('SIGTERM', () => { console.log('farewell'); process.exit(0); });";
    const spec = write({ "task/index.mjs": `${farewell} ${HANDLER}`, "opt/extensions/spy": extension() });
    expect(await fixture.invoke(spec, {}, { requestId: "first" })).toMatchObject({ json: "done" });
    expect(fixture.messages).toContainEqual(
      'extension registered {"functionName":"hello","functionVersion":"$LATEST","handler":"index.handler","accountId":"000000000000"}\n',
    );
    await vi.waitFor(() => expect(fixture.messages).toContainEqual("extension got INVOKE first\n"), { timeout: 5000 });
    fixture.engine.retire(spec.key);
    await vi.waitFor(() => expect(fixture.messages).toContainEqual("extension got SHUTDOWN spindown\n"), {
      timeout: 10_000,
    });
    expect(fixture.messages.join("")).toContain("farewell\n");
  });

  test("one that crashes ends the start", async () => {
    const spec = write({ "task/index.mjs": HANDLER, "opt/extensions/spy": `#!${process.execPath}\nprocess.exit(3)\n` });
    expect((await fixture.invoke(spec)).json).toMatchObject({
      errorType: "Extension.Crash",
      errorMessage: expect.stringContaining("exit status 3"),
    });
  });

  test("the Telemetry API gives lines and reports", async () => {
    const subscribe = `
      const server = require("node:http").createServer((request, response) => { let text = ""; request.on("data", (c) => text += c);
        request.on("end", () => { for (const { type, record } of JSON.parse(text)) console.log("telemetry", type, JSON.stringify(record)); response.end(); }) });
      await new Promise((done) => server.listen(0, "127.0.0.1", done));
      await call("/2022-07-01/telemetry", { method: "PUT", headers, body: JSON.stringify({ schemaVersion: "2022-12-13", types: ["platform", "function"],
        buffering: { timeoutMs: 25, maxItems: 1000, maxBytes: 262144 }, destination: { protocol: "HTTP", URI: "http://sandbox.localdomain:" + server.address().port } }) });`;
    const spec = write({ "task/index.mjs": HANDLER, "opt/extensions/spy": extension(subscribe) });
    await fixture.invoke(spec);
    await fixture.invoke(spec);
    const told = (wanted: string) =>
      fixture.messages.flatMap((message) => {
        const [, type, record = ""] = /^telemetry (\S+) (.*)\n$/.exec(message) ?? [];
        return type === wanted ? [JSON.parse(record)] : [];
      });
    await vi.waitFor(() => expect(told("platform.report")).toHaveLength(2), { timeout: 10_000 });
    expect(told("platform.initStart")).toMatchObject([
      { initializationType: "on-demand", phase: "init", functionName: "hello", functionVersion: "$LATEST" },
    ]);
    expect(told("platform.telemetrySubscription")).toMatchObject([{ name: "spy", state: "Subscribed" }]);
    const init = { initializationType: "on-demand", phase: "init", status: "success" };
    expect(told("platform.initRuntimeDone")).toEqual([init]);
    expect(told("platform.initReport")).toEqual([{ ...init, metrics: { durationMs: expect.any(Number) } }]);
    const requestId = told("platform.start")[0].requestId;
    expect(told("platform.start")[0]).toEqual({ requestId, version: "$LATEST" });
    expect(told("platform.runtimeDone")[0]).toEqual({
      requestId,
      status: "success",
      spans: [
        { name: "responseLatency", start: expect.stringMatching(/Z$/), durationMs: expect.any(Number) },
        { name: "responseDuration", start: expect.stringMatching(/Z$/), durationMs: expect.any(Number) },
      ],
      metrics: { durationMs: expect.any(Number), producedBytes: 6 },
    });
    expect(told("platform.report")[0]).toMatchObject({ requestId, status: "success", metrics: { memorySizeMB: 128 } });
    expect(fixture.messages.join("")).toContain("telemetry function ");
  });
});

test("an internal extension registers from within, and who has not registered is nobody", async () => {
  const spec = write({
    "task/index.mjs": `
      const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2020-01-01/extension/";
      const register = (events) => fetch(api + "register", { method: "POST", headers: { "Lambda-Extension-Name": "inside" }, body: JSON.stringify({ events }) });
      const refused = (await register(["SHUTDOWN"])).status;
      const registered = await register(["INVOKE"]);
      const id = registered.headers.get("lambda-extension-identifier");
      let got = 0;
      (async () => { for (;;) { await (await fetch(api + "event/next", { headers: { "Lambda-Extension-Identifier": id } })).json(); got++ } })();
      const unknown = (await fetch(api + "event/next", { headers: { "Lambda-Extension-Identifier": "x" } })).status;
      export const handler = async () => { while (got === 0) await new Promise((r) => setTimeout(r, 5)); return { refused, unknown, registered: registered.status } }`,
  });
  expect((await fixture.invoke(spec)).json).toEqual({ refused: 400, unknown: 403, registered: 200 });
});
