// The Node.js runtime of a function's process. Plain JavaScript: it runs as it lies here, with nothing installed. The build
// rewrites its syntax for Node.js 12; of the libraries, only what that has is called.
import Module from "node:module";
import { setFlagsFromString } from "node:v8";
import { RuntimeClient } from "./client.mjs";
import { installCloudNames } from "./cloudNames.mjs";
import { errorDocument, RuntimeError, setPlaces } from "./errors.mjs";
import { Runtime } from "./invocation.mjs";
import { loadHandler } from "./loader.mjs";
import { installConsole, logError } from "./logging.mjs";
import { awslambda } from "./streaming.mjs";

/** The exit codes of AWS's own runtime. */
const EXIT_UNHANDLED_REJECTION = 128;
const EXIT_UNCAUGHT_EXCEPTION = 129;
const CALLBACKS_REMOVED_IN = 24;

const run = async () => {
  const client = new RuntimeClient();
  if (process.env.ALOFT_SPARE) become(await client.assignment());
  installCloudNames();
  await waitForDebugger();
  installConsole();
  globalThis.awslambda = awslambda;
  let runtime;
  const end = async (error, code) => {
    client.socket.ref();
    await (runtime ? runtime.failed(error) : client.fail(undefined, errorDocument(error)));
    process.exit(code);
  };
  process.on("uncaughtException", (error) => {
    logError("Uncaught Exception", error);
    void end(error, EXIT_UNCAUGHT_EXCEPTION);
  });
  process.on("unhandledRejection", (reason) => {
    const error = Object.assign(new RuntimeError("UnhandledPromiseRejection", String(reason)), { reason });
    if (reason instanceof Error) error.stack = `${error.name}: ${reason.stack}`;
    logError("Unhandled Promise Rejection", error);
    void end(error, EXIT_UNHANDLED_REJECTION);
  });
  const { LAMBDA_TASK_ROOT: taskRoot, NODE_PATH, _HANDLER: name } = process.env;
  setPlaces(taskRoot, NODE_PATH);
  try {
    const handler = await loadHandler(taskRoot, name);
    refuseCallbacks(handler);
    runtime = new Runtime(client, handler);
  } catch (error) {
    logError("Uncaught Exception", error);
    return end(error, EXIT_UNCAUGHT_EXCEPTION);
  }
  void runtime.next();
};

/** Where somebody debugs the function, nothing of it runs before they are there. */
const waitForDebugger = async () => {
  const port = process.env.ALOFT_INSPECT_PORT;
  if (port === undefined) return;
  delete process.env.ALOFT_INSPECT_PORT;
  process.setSourceMapsEnabled?.(true);
  const inspector = await import("node:inspector");
  inspector.open(Number(port), "127.0.0.1", true);
};

/** Turns a spare process into its function: what a fresh one gets at its start. */
const become = ({ env, cwd, oldSpaceMb }) => {
  const authority = process.env.AWS_LAMBDA_RUNTIME_API;
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env, { AWS_LAMBDA_RUNTIME_API: authority });
  process.chdir(cwd);
  setFlagsFromString(`--max-old-space-size=${oldSpaceMb}`);
  // NODE_PATH is read once at start; this reads it again.
  Module._initPaths();
};

/** AWS: from Node.js 24 on, handlers that take a callback are refused. */
const refuseCallbacks = (handler) => {
  const major = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV)?.[1]);
  const takesCallback = handler.length >= 3 && handler.constructor?.name !== "AsyncFunction";
  if (major < CALLBACKS_REMOVED_IN || !takesCallback || handler[Symbol.for("aws.lambda.runtime.handler.streaming")])
    return;
  throw new RuntimeError(
    "CallbackHandlerDeprecated",
    "AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.",
  );
};

void run();
