import { StringDecoder } from "node:string_decoder";
import { MAX_LOG_EVENT_BYTES } from "./limits.ts";

const FRAME_HEADER_BYTES = 16;
/** `0xa55a` marks a frame; the rest of the first word tells its format and level. */
const FRAME_MARK = 0xa55a;

/**
 * Reads the frames AWS's runtimes write to `_LAMBDA_TELEMETRY_LOG_FD`: type, length, microseconds, message, big-endian.
 * A frame is one log event whatever line breaks it has.
 */
export const frameReader = (emit: (message: string) => void): ((bytes: Buffer) => void) => {
  let pending: Buffer = Buffer.alloc(0);
  return (bytes) => {
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    while (pending.length >= FRAME_HEADER_BYTES) {
      if (pending.readUInt16BE(0) !== FRAME_MARK) {
        // Not a frame: the function wrote to the descriptor itself. What it wrote is still its log.
        for (const message of pieces(pending.toString())) emit(message);
        pending = Buffer.alloc(0);
        return;
      }
      const end = FRAME_HEADER_BYTES + pending.readUInt32BE(4);
      if (pending.length < end) return;
      // The frame's own time is the machine's; events are stamped with the cloud's when they arrive.
      for (const message of pieces(pending.toString("utf8", FRAME_HEADER_BYTES, end))) emit(message);
      pending = pending.subarray(end);
    }
  };
};

/** Cuts plain output into lines; `flush` gives a last line that has no end. A carriage return joins lines into one event. */
export const lineReader = (emit: (message: string) => void): { read(bytes: Buffer): void; flush(): void } => {
  const decoder = new StringDecoder("utf8");
  let pending = "";
  const flush = () => {
    if (pending !== "") for (const message of pieces(pending)) emit(message);
    pending = "";
  };
  return {
    read: (bytes) => {
      pending += decoder.write(bytes);
      const lines = pending.split("\n");
      pending = lines.pop() ?? "";
      for (const line of lines) for (const message of pieces(`${line.replaceAll("\r", "\n")}\n`)) emit(message);
      if (pending.length > MAX_LOG_EVENT_BYTES) flush();
    },
    flush,
  };
};

/** A message in parts no larger than one log event may be. */
const pieces = (message: string): string[] => {
  if (message.length * 3 <= MAX_LOG_EVENT_BYTES) return [message];
  const parts: string[] = [];
  // A UTF-16 unit takes at most three bytes, so this many always fit.
  const step = Math.floor(MAX_LOG_EVENT_BYTES / 3);
  for (let at = 0; at < message.length; at += step) parts.push(message.slice(at, at + step));
  return parts;
};
