import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built command line: what users run is what is measured. */
export const CLI = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist", "cli.js");

/** A cloud in a process of its own, on a free port and a state directory of its own. */
export interface CloudChild extends AsyncDisposable {
  readonly pid: number;
  readonly endpoint: string;
  /** For the SDK's clients. */
  readonly config: {
    readonly region: string;
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly forcePathStyle: boolean;
  };
}

/** What a process printed first, as soon as it has. */
export const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.stdout?.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    child.once("error", reject);
    child.once("exit", (status) => reject(new Error(`ended with status ${status}`)));
  });

const LISTENING = /answers at (\S+)\./;

/** Starts the built cloud and waits until it listens. */
export const startCloudChild = async (): Promise<CloudChild> => {
  const state = mkdtempSync(join(tmpdir(), "aloft-bench-"));
  const child = spawn(process.execPath, [CLI, "start", "--foreground", "--state", state, "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const endpoint = LISTENING.exec(await firstLine(child))?.[1];
  if (!endpoint || !child.pid) throw new Error("The cloud did not say where it listens.");
  const { accessKeyId, secretAccessKey } = JSON.parse(readFileSync(join(state, "credentials.json"), "utf8"));
  return {
    pid: child.pid,
    endpoint,
    config: {
      region: "us-east-1",
      endpoint,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: true,
    },
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(state, { recursive: true, force: true });
    },
  };
};

/** Resident memory of a process, in bytes. */
export const residentBytes = (pid: number): number => {
  const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kib) * 1024;
};
