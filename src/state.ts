import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { chmod, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { CloudParts, RootCredentials } from "./cloud.ts";
import { CIPHER_KEY_BYTES } from "./kernel/cipher.ts";
import type { Ids } from "./kernel/ids.ts";
import { type Snapshot, saveSnapshot } from "./snapshots.ts";
import { openDiskStore } from "./store/disk/diskStore.ts";
import { openMemoryStore } from "./store/memory/memoryStore.ts";
import type { OpenStore } from "./store/openStore.ts";
import type { TrustPlace } from "./trust.ts";

/** What a cloud keeps between its runs, or for one run when it has no directory. */
export interface OpenState {
  readonly store: OpenStore;
  readonly root: RootCredentials;
  readonly key: Uint8Array;
  /** A folder for what cannot be a record or a blob. */
  directory(name: string): string;
  /** A folder for what can be made anew, outside of the state directory. */
  workspace(name: string): string;
  /** Where the authority for TLS connections is kept; see `trust.ts`. */
  readonly trust: TrustPlace;
  /** Removes all of those folders. */
  clearDirectories(): void;
  /** Where the clock's setting is kept, and the call log; absent where nothing is kept. */
  readonly files?: { readonly clock: string; readonly logs: NonNullable<CloudParts["logs"]> };
  /** Copies everything under a name; absent where nothing is kept. */
  readonly snapshot?: (name: string) => Promise<Snapshot>;
}

interface KeptSecrets extends RootCredentials {
  /** Base64. */
  readonly key: string;
}

/** Opens a state directory, or a state in memory. Credentials given by the caller take the place of the kept ones. */
export const openState = async (
  path: string | undefined,
  ids: Ids,
  credentials: RootCredentials | undefined,
): Promise<OpenState> => {
  if (path === undefined) return openTransientState(ids, credentials);
  const store = await openDiskStore(path);
  const kept = await keptSecrets(join(path, "credentials.json"), ids);
  return {
    store,
    root: credentials ?? { accessKeyId: kept.accessKeyId, secretAccessKey: kept.secretAccessKey },
    key: Buffer.from(kept.key, "base64"),
    directory: (name) => ensureDirectory(join(path, FILES, name)),
    workspace: (name) => ensureDirectory(join(ensureOwnDirectory(workspaceOf(path)), name)),
    // Beside what a reset removes: clients that trust the authority go on doing so.
    trust: { folder: () => ensureDirectory(join(path, "tls")), keepsKey: true },
    clearDirectories: () => {
      for (const folder of [join(path, FILES), workspaceOf(path)]) rmSync(folder, { recursive: true, force: true });
    },
    files: {
      clock: join(path, "clock.json"),
      logs: { calls: join(path, "calls.jsonl"), events: join(path, "events.jsonl") },
    },
    snapshot: async (name) => {
      // In a turn of its own: what another turn writes is whole by then.
      await new Promise((resolve) => setImmediate(resolve));
      return saveSnapshot(path, name, (file) => store.records.copyTo(file));
    },
  };
};

/** The part of a state directory that holds such folders. */
const FILES = "files";

const openTransientState = (ids: Ids, credentials: RootCredentials | undefined): OpenState => {
  const store = openMemoryStore();
  let folder: string | undefined;
  const directory = (name: string) => {
    folder ??= mkdtempSync(join(tmpdir(), "aloft-"));
    return ensureDirectory(join(folder, name));
  };
  return {
    store: {
      records: store.records,
      blobs: store.blobs,
      [Symbol.asyncDispose]: async () => {
        await store[Symbol.asyncDispose]();
        if (folder) rmSync(folder, { recursive: true, force: true });
      },
    },
    root: credentials ?? newCredentials(ids),
    key: ids.bytes(CIPHER_KEY_BYTES),
    directory,
    workspace: directory,
    trust: { folder: () => directory("tls"), keepsKey: false },
    clearDirectories: () => {
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** The folder under the system's temporary one that belongs to a state directory; the same at every start. */
const workspaceOf = (path: string): string =>
  join(tmpdir(), `aloft-${createHash("sha256").update(resolve(path)).digest("hex").slice(0, 16)}`);

/** Its name can be foreseen, so somebody else may have made it first: then it is not used. */
const ensureOwnDirectory = (path: string): string => {
  ensureDirectory(path);
  const { uid } = lstatSync(path);
  const isOurs = lstatSync(path).isDirectory() && (process.getuid === undefined || uid === process.getuid());
  if (!isOurs)
    throw new Error(`${path} belongs to somebody else, and builds would run in it. Remove it, or set TMPDIR.`);
  return path;
};

const ensureDirectory = (path: string): string => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
};

const newCredentials = (ids: Ids): RootCredentials => ({
  accessKeyId: `AKIA${ids.upper(16)}`,
  secretAccessKey: ids.mixed(40),
});

const OWNER_ONLY = 0o600;

const keptSecrets = async (path: string, ids: Ids): Promise<KeptSecrets> => {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text !== undefined) return JSON.parse(text);
  const made = { ...newCredentials(ids), key: ids.bytes(CIPHER_KEY_BYTES).toString("base64") };
  await writeFile(`${path}.new`, JSON.stringify(made), { mode: OWNER_ONLY });
  await chmod(`${path}.new`, OWNER_ONLY);
  await rename(`${path}.new`, path);
  return made;
};
