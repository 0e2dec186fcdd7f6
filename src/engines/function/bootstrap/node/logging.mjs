import { writeSync } from "node:fs";
import { format } from "node:util";
import { errorLogText, stackLines } from "./errors.mjs";

const FRAME_HEADER_BYTES = 16;
const TEXT_FRAME = 0xa55a0003;
const JSON_FRAME = 0xa55a0002;
const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
const METHODS = {
  trace: "TRACE",
  debug: "DEBUG",
  info: "INFO",
  log: "INFO",
  warn: "WARN",
  error: "ERROR",
  fatal: "FATAL",
};

/** The event being handled, for its log lines. */
let requestId;

export const setRequestId = (id) => {
  requestId = id;
};

/** Makes the console write what Lambda's writes: with time, request id and level, as text or JSON. */
export const installConsole = () => {
  const descriptor = Number(process.env._LAMBDA_TELEMETRY_LOG_FD);
  delete process.env._LAMBDA_TELEMETRY_LOG_FD;
  const json = process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === "JSON";
  const least = LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase());
  const write = json ? jsonWriter(descriptor) : textWriter(descriptor);
  for (const [method, level] of Object.entries(METHODS)) {
    console[method] = LEVELS.indexOf(level) < least ? () => {} : (...params) => write(level, params);
  }
  logError = json
    ? (_, error) => console.error(error)
    : (title, error) => console.error(title, `\t${errorLogText(error)}`);
};

/** Logs an error that ends an event or the process. */
export let logError = () => {};

const textWriter = (descriptor) => (level, params) =>
  writeFrame(
    descriptor,
    TEXT_FRAME,
    level,
    `${new Date().toISOString()}\t${requestId}\t${level}\t${format(...params)}\n`,
  );

const jsonWriter = (descriptor) => (level, params) =>
  writeFrame(
    descriptor,
    JSON_FRAME,
    level,
    jsonLine({ timestamp: new Date().toISOString(), level, requestId }, params),
  );

const jsonLine = (line, params) => {
  if (params.length === 1) {
    try {
      return JSON.stringify({ ...line, message: params[0] }, (_, value) =>
        value instanceof Error ? described(value) : value,
      );
    } catch {
      return JSON.stringify({ ...line, message: format(params[0]) });
    }
  }
  const error = params.find((param) => param instanceof Error);
  return JSON.stringify({ ...line, message: format(...params), ...(error ? described(error) : {}) });
};

const described = (error) => ({
  errorType: error?.constructor?.name ?? "UnknownError",
  errorMessage: error.message,
  stackTrace: typeof error.stack === "string" ? stackLines(error.stack) : [],
  ...error,
});

/** One frame is one log event, whatever line breaks the message has. */
const writeFrame = (descriptor, kind, level, message) => {
  const bytes = Buffer.byteLength(message);
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + bytes);
  frame.writeUInt32BE((kind | ((LEVELS.indexOf(level) + 1) << 2)) >>> 0, 0);
  frame.writeUInt32BE(bytes, 4);
  frame.writeBigInt64BE(BigInt(Date.now()) * 1000n, 8);
  frame.write(message, FRAME_HEADER_BYTES);
  for (let at = 0; at < frame.length; ) at += writeSync(descriptor, frame, at);
};
