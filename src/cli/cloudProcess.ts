import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { get } from "../launch/ask.ts";
import { CliError } from "./failure.ts";
import { logPath, type RunningCloud, readRunning, type Settings } from "./settings.ts";

const POLL_MS = 20;
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 20_000;
const HEALTH_LIMIT_MS = 2000;

/** What `/_aloft/health` answers. */
export interface Health {
  readonly status: string;
  readonly version: string;
  readonly pid: number;
}

/** The cloud of a state directory if it runs and answers. */
export const findRunning = async (state: string): Promise<RunningCloud | undefined> => {
  const running = readRunning(state);
  if (!running) return undefined;
  const health = await askHealth(running.endpoint);
  return health?.pid === running.pid ? running : undefined;
};

/** What answers at an endpoint, or undefined when nothing of ours does. */
export const askHealth = async (endpoint: string): Promise<Health | undefined> => {
  try {
    const { status, body } = await get(new URL("/_aloft/health", endpoint), HEALTH_LIMIT_MS);
    return status === 200 ? (JSON.parse(body) as Health) : undefined;
  } catch {
    // Nothing listens there, or it is no cloud: that is the answer.
    return undefined;
  }
};

/** Starts a cloud that outlives this command, unless one runs on the state already. */
export const ensureRunning = async (
  settings: Settings,
): Promise<{ readonly running: RunningCloud; readonly started: boolean }> => {
  const running = await findRunning(settings.state);
  if (running) return { running, started: false };
  mkdirSync(settings.state, { recursive: true, mode: 0o700 });
  const log = logPath(settings.state);
  const logged = sizeOf(log);
  const output = openSync(log, "a", 0o600);
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.url).replace(/chunks\/[^/]+$/, "cli.js"), ...startArguments(settings)],
    {
      detached: true,
      stdio: ["ignore", output, output],
    },
  );
  closeSync(output);
  child.unref();
  return {
    running: await waitForStart(settings.state, child, () => readFileSync(log, "utf8").slice(logged)),
    started: true,
  };
};

const startArguments = (settings: Settings): readonly string[] => [
  "start",
  "--foreground",
  ...["--state", settings.state, "--port", String(settings.port), "--host", settings.host],
  ...["--account-id", settings.accountId, "--region", settings.region, "--auth", settings.auth],
  ...["--time-scale", String(settings.timeScale), "--hosts", settings.hosts.join(",")],
];

const waitForStart = async (state: string, child: ChildProcess, output: () => string): Promise<RunningCloud> => {
  let ended: number | undefined;
  child.once("exit", (code) => {
    ended = code ?? 1;
  });
  for (let waited = 0; waited < START_LIMIT_MS; waited += POLL_MS) {
    const running = readRunning(state);
    if (running && running.pid === child.pid && (await askHealth(running.endpoint))) return running;
    if (ended !== undefined) throw failedStart(output().trim(), ended);
    await sleep(POLL_MS);
  }
  if (child.pid !== undefined) process.kill(child.pid, "SIGTERM");
  throw new CliError(`The cloud did not answer within ${START_LIMIT_MS / 1000} s.`, "aloft logs --cloud");
};

/** The background process says what went wrong as any command does; this one passes it on. */
const failedStart = (said: string, status: number): CliError => {
  const [, message, next] = /^aloft: ([\s\S]*?)\nNext: (.*)$/.exec(said) ?? [];
  return new CliError(message ?? (said || `The cloud ended with status ${status}.`), next ?? "aloft doctor");
};

/** Stops the cloud of a state directory, and waits until its process has ended. False when none ran. */
export const stopRunning = async (state: string): Promise<boolean> => {
  const running = await findRunning(state);
  if (!running) return false;
  process.kill(running.pid, "SIGTERM");
  for (let waited = 0; waited < STOP_LIMIT_MS; waited += POLL_MS) {
    if (!isAlive(running.pid)) return true;
    await sleep(POLL_MS);
  }
  throw new CliError(
    `The process ${running.pid} has not ended within ${STOP_LIMIT_MS / 1000} s.`,
    `kill ${running.pid}`,
  );
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process: it has ended.
    return false;
  }
};

const sizeOf = (path: string): number => {
  try {
    return statSync(path).size;
  } catch {
    // Not there yet.
    return 0;
  }
};
