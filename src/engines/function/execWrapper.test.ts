import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EngineFixture, engineFixture } from "./engineFixture.ts";

let fixture: EngineFixture;

beforeEach(() => {
  fixture = engineFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const HANDLER = "exports.handler = async () => process.env.FROM_WRAPPER + process.argv.length";

test("a wrapper starts the runtime, from the function's folder or its layers'", async () => {
  const wrapper = '#!/bin/sh\nexport FROM_WRAPPER=wrapped\nexec "$@"\n';
  const environment = { AWS_LAMBDA_EXEC_WRAPPER: "/var/task/wrapper" };
  const spec = fixture.write({ "index.js": HANDLER, wrapper }, { environment });
  expect((await fixture.invoke(spec)).json).toBe("wrapped2");
  const again = await fixture.invoke(spec);
  expect(again.json).toBe("wrapped2");
});

test("a layer's wrapper is found below /opt", async () => {
  const root = fixture.taskRoot(fixture.write({ "layer/wrapper": '#!/bin/sh\nFROM_WRAPPER=layered exec "$@"\n' }));
  await using other = engineFixture({
    codeFolders: async (spec) => ({ taskRoot: other.taskRoot(spec), layerRoot: join(root, "layer") }),
  });
  const spec = other.write({ "index.js": HANDLER }, { environment: { AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrapper" } });
  expect((await other.invoke(spec)).json).toBe("layered2");
});

test("one that is not there fails the start", async () => {
  const environment = { AWS_LAMBDA_EXEC_WRAPPER: "/opt/none" };
  const spec = fixture.write({ "index.js": HANDLER }, { environment });
  const { outcome, json } = await fixture.invoke(spec, {}, { requestId: "r" });
  expect(outcome).toBe("error");
  expect(json).toEqual({
    errorType: "Runtime.ExitError",
    errorMessage: "RequestId: r Error: Runtime exited with error: exit status 127",
  });
});
