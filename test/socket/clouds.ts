import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cloud, type CloudOptions, startCloud } from "../../src/index.ts";

/** A cloud on a port of its own, and what it is asked with. */
export interface SocketCloud extends AsyncDisposable {
  readonly cloud: Cloud;
  /** The state directory; undefined for a cloud in memory. */
  readonly state: string | undefined;
  /** For the SDK's clients: endpoint, region, root credentials, one attempt. */
  readonly config: ClientConfig;
}

export interface ClientConfig {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
  readonly forcePathStyle: boolean;
}

export const configOf = (cloud: Cloud): ClientConfig => ({
  region: cloud.region,
  endpoint: cloud.endpoint,
  // A copy: the SDK writes into what it is given.
  credentials: { ...cloud.credentials },
  maxAttempts: 1,
  forcePathStyle: true,
});

/** A directory of its own under the system's temporary one, and its removal. */
export const temporaryDirectory = () => {
  const path = mkdtempSync(join(tmpdir(), "aloft-test-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
};

/** Starts a cloud in memory or in a directory of its own. A bug it reports fails whoever disposes of it. */
export const socketCloud = async (kind: "memory" | "disk", options: CloudOptions = {}): Promise<SocketCloud> => {
  const directory = kind === "disk" ? temporaryDirectory() : undefined;
  const bugs: unknown[] = [];
  const cloud = await startCloud({
    ...(directory ? { state: directory.path } : {}),
    onBug: (where, error) => bugs.push(new Error(`a bug in ${where}`, { cause: error })),
    ...options,
  });
  return {
    cloud,
    state: directory?.path,
    config: configOf(cloud),
    [Symbol.asyncDispose]: async () => {
      await cloud[Symbol.asyncDispose]();
      directory?.[Symbol.dispose]();
      if (bugs.length > 0) throw bugs[0];
    },
  };
};
