import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { get as httpGet, request } from "node:http";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { networkEnvironment } from "../../src/engines/process/environment.ts";

/** The root of this repository. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A command that has ended: its status, and everything it printed, in the order it came. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly all: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

const LIMIT_MS = 600_000;

/** Runs a command to its end, whatever its status; one that outlives its limit is killed by its id. */
export const run = async (command: string, args: readonly string[], options: RunOptions): Promise<Ended> => {
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ["ignore", "pipe", "pipe"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? LIMIT_MS);
  const output = collect(child);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearTimeout(timer);
  return { status, ...output() };
};

const collect = (child: ChildProcess) => {
  let stdout = "";
  let all = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk;
    all += chunk;
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    all += chunk;
  });
  return () => ({ stdout, all });
};

/**
 * What commands run with: a PATH, a home, the way to the network and npm's cache, and nothing that points at a cloud.
 * Functions and builds run on the Node.js that is here: each cloud would download another of its own.
 */
export const plainEnvironment = (home: string): NodeJS.ProcessEnv => ({
  ...networkEnvironment(),
  npm_config_cache: process.env["npm_config_cache"] ?? join(homedir(), ".npm"),
  PATH: process.env["PATH"],
  HOME: home,
  ALOFT_RUNTIMES: "host",
  NO_COLOR: "1",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_AUTHOR_NAME: "A Builder",
  GIT_AUTHOR_EMAIL: "builder@example.com",
  GIT_COMMITTER_NAME: "A Builder",
  GIT_COMMITTER_EMAIL: "builder@example.com",
});

let isBuilt = false;

/** The command line as it is built from the source as it is: looked at once, not by each command. */
export const builtCli = (): string => {
  if (!isBuilt) spawnSync(process.execPath, [join(ROOT, "bin", "aloft.mjs"), "version"], { stdio: "ignore" });
  isBuilt = true;
  return join(ROOT, "dist", "cli.js");
};

/** The built command line, under one state and port. */
export const aloft =
  (options: RunOptions & { readonly state: string; readonly port: number }) =>
  (...args: readonly string[]): Promise<Ended> =>
    run(process.execPath, [builtCli(), ...args], {
      ...options,
      env: { ...options.env, ALOFT_STATE: options.state, ALOFT_PORT: String(options.port) },
    });

/** An answer of the application. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Asks as a browser does: every name below localhost is this machine, whatever the system's resolver says. */
export const ask = (url: string, post?: unknown): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, host, port, pathname, search } = new URL(url);
    const at = {
      host: hostname.endsWith("localhost") ? "127.0.0.1" : hostname,
      port,
      path: pathname + search,
      headers: { host, ...(post === undefined ? {} : { "content-type": "application/json" }) },
      method: post === undefined ? "GET" : "POST",
    };
    const sent = request(at, async (response) =>
      resolve({
        status: response.statusCode ?? 0,
        body: await text(response),
        headers: response.headers as Record<string, string | undefined>,
      }),
    );
    sent.once("error", reject);
    sent.end(post === undefined ? undefined : JSON.stringify(post));
  });

/** Whether anything answers health there. */
export const isHealthy = (endpoint: string): Promise<boolean> =>
  new Promise((resolve) => {
    httpGet(`${endpoint}/_aloft/health`, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once("error", () => resolve(false));
  });
