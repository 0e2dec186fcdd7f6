import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { systemClock } from "../../kernel/clock.ts";
import { seededIds } from "../../kernel/ids.ts";
import { createFunctionEngine, type FunctionEngine, type FunctionEngineParts } from "./functionEngine.ts";
import type { FunctionSpec, Invocation, InvocationResult } from "./spec.ts";

/** An engine over a temporary folder, for tests. */
export interface EngineFixture extends AsyncDisposable {
  readonly engine: FunctionEngine;
  /** Every log message, in order. */
  readonly messages: string[];
  readonly logStreams: Set<string>;
  /** Writes a function's files and describes it. */
  write(files: Readonly<Record<string, string>>, spec?: Partial<FunctionSpec>): FunctionSpec;
  /** Where its code lies. */
  taskRoot(spec: FunctionSpec): string;
  /** Invokes it and reads its answer. */
  invoke(
    spec: FunctionSpec,
    event?: unknown,
    more?: Partial<Invocation>,
  ): Promise<InvocationResult & { json: unknown }>;
}

export const engineFixture = (parts: Partial<FunctionEngineParts> = {}): EngineFixture => {
  const root = mkdtempSync(join(tmpdir(), "aloft-function-"));
  const messages: string[] = [];
  const logStreams = new Set<string>();
  const ids = seededIds(7);
  let written = 0;
  const engine = createFunctionEngine({
    clock: systemClock(),
    ids,
    scratchRoot: () => join(root, "scratch"),
    codeFolders: async (spec) => ({ taskRoot: join(root, spec.key, "task") }),
    credentials: async () => ({
      accessKeyId: "ASIATEST",
      secretAccessKey: "secret",
      sessionToken: "token",
      expiration: 8e15,
    }),
    endpoint: () => "http://127.0.0.1:4566",
    log: (_spec, stream, { message }) => {
      logStreams.add(stream);
      messages.push(message);
    },
    ...parts,
  });
  return {
    engine,
    messages,
    logStreams,
    write: (files, spec = {}) => {
      const key = `code${written++}`;
      for (const [name, text] of Object.entries(files)) {
        const file = join(root, key, "task", name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text, { mode: 0o755 });
      }
      return { ...DEFAULT_SPEC, key, ...spec };
    },
    taskRoot: ({ key }) => join(root, key, "task"),
    invoke: async (spec, event = {}, more = {}) => {
      const requestId = ids.uuid();
      const payload = JSON.stringify(event);
      const result = await engine.invoke(spec, { requestId, payload, invokedFunctionArn: FUNCTION_ARN, ...more });
      return { ...result, json: JSON.parse(result.payload.toString() || "null") };
    },
    [Symbol.asyncDispose]: async () => {
      await engine[Symbol.asyncDispose]();
      rmSync(root, { recursive: true, force: true });
    },
  };
};

const FUNCTION_ARN = "arn:aws:lambda:us-east-1:000000000000:function:hello";

const DEFAULT_SPEC: FunctionSpec = {
  key: "",
  functionName: "hello",
  version: "$LATEST",
  runtime: "nodejs20.x",
  handler: "index.handler",
  memoryMb: 128,
  ephemeralMb: 512,
  timeoutMs: 3000,
  region: "us-east-1",
  environment: {},
  roleArn: "arn:aws:iam::000000000000:role/hello",
  logging: { group: "/aws/lambda/hello", format: "Text" },
};
