import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { callControl } from "../../src/cli/control.ts";
import { readRunning } from "../../src/cli/settings.ts";
import { plainEnvironment, ROOT } from "../e2e/aloftCli.ts";
import type { TestCloud } from "../harness.ts";

/** The built product as users start it, in a process of its own. */
export interface BuiltCloud {
  readonly endpoint: string;
  readonly secret: string;
  readonly client: TestCloud["client"];
  /** Moves its time on. */
  advance(ms: number): Promise<void>;
  /** Ends it, with all that it started, or by kill -9. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

const LISTENING = /answers at (\S+)\./;
/** What takes five minutes here takes three seconds. */
const TIME_SCALE = "100";

const endpointOf = async (child: ChildProcess): Promise<string> => {
  let said = "";
  for await (const chunk of child.stdout ?? []) {
    said += chunk;
    const endpoint = LISTENING.exec(said)?.[1];
    if (endpoint) return endpoint;
  }
  throw new Error(`The cloud ended before it listened: ${said}`);
};

/** Starts it on a state directory, on any free port. */
export const startBuilt = async (state: string): Promise<BuiltCloud> => {
  const args = ["start", "--foreground", "--state", state, "--port", "0", "--time-scale", TIME_SCALE];
  const child = spawn(process.execPath, [join(ROOT, "bin", "aloft.mjs"), ...args, "--account-id", "123456789012"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: plainEnvironment(state),
  });
  const exited = once(child, "exit");
  const endpoint = await endpointOf(child);
  const { accessKeyId, secretAccessKey } = JSON.parse(readFileSync(join(state, "credentials.json"), "utf8"));
  const credentials = { accessKeyId, secretAccessKey };
  return {
    endpoint,
    secret: secretAccessKey,
    client: (Client) =>
      new Client({ endpoint, region: "us-east-1", credentials, forcePathStyle: true, maxAttempts: 1 } as never),
    advance: async (ms) => {
      const running = readRunning(state);
      if (!running) throw new Error(`Nothing runs on ${state}.`);
      await callControl(running, state, "POST", `/_aloft/clock/advance?ms=${ms}`);
    },
    end: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
};
