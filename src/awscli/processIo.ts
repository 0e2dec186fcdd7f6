import { buffer } from "node:stream/consumers";
import { systemClock } from "../kernel/clock.ts";
import type { Io } from "./io.ts";

/** What a command of this process may touch: its streams, its environment and folder, and real time. */
export const processIo = (): Io => {
  // The SDK warns of a Node that it will drop one day; no build's log needs to hear it.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  // A reader that has seen enough, such as `head`, is no failure.
  process.stdout.on("error", () => process.exit(0));
  const clock = systemClock();
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    stdin: () => buffer(process.stdin),
    now: clock.now,
    sleep: (ms) => clock.sleep(ms),
  };
};
