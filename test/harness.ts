import type { HttpRequest as SdkRequest, HttpResponse as SdkResponse } from "@smithy/core/protocols";
import { type AssembledCloud, assembleCloud } from "../src/cloud.ts";
import type { CallRecord } from "../src/kernel/callRecord.ts";
import { type Clock, testClock } from "../src/kernel/clock.ts";
import { type Ids, seededIds } from "../src/kernel/ids.ts";
import type { ServiceLoaders } from "../src/kernel/rooms.ts";
import { createSdkHandler } from "../src/sdkHandler.ts";
import { serviceLoaders } from "../src/services.ts";
import { openState } from "../src/state.ts";
import type { OpenStore } from "../src/store/openStore.ts";
import type { Records } from "../src/store/records.ts";
import { createTrust } from "../src/trust.ts";
import type { AuthMode } from "../src/wire/authenticate.ts";

export const TEST_ACCOUNT = "123456789012";
export const TEST_REGION = "us-east-1";
const ENDPOINT = "http://127.0.0.1:4566";

/** A whole cloud in memory, under a clock that stands still, reached without a socket. */
export interface TestCloud
  extends AsyncDisposable,
    Pick<AssembledCloud, "handler" | "upgrade" | "tasks" | "events" | "rooms" | "resume"> {
  readonly clock: Clock;
  readonly records: Records;
  /** The root's, and the transport, for clients with an address of their own. */
  readonly credentials: TestClientConfig["credentials"];
  readonly requestHandler: TestClientConfig["requestHandler"];
  /** An SDK client that calls this cloud in process, as the root or with the credentials given. */
  client<C>(Client: new (config: TestClientConfig) => C, overrides?: Partial<TestClientConfig>): C;
}

export interface TestClientConfig {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly requestHandler: { handle(request: SdkRequest): Promise<{ response: SdkResponse }> };
  readonly maxAttempts: number;
  readonly forcePathStyle?: boolean;
  readonly [more: string]: unknown;
}

export interface TestCloudOptions {
  readonly auth?: AuthMode;
  readonly seed?: number;
  readonly clock?: Clock;
  /** Services beside or in place of the real ones, for a neighbour that must misbehave. */
  readonly loaders?: ServiceLoaders;
  /** What an earlier process left, for the next one to take up. */
  readonly kept?: KeptCloud;
  /** Whether bugs are to be expected by now, for the process was killed. */
  readonly expectsBugs?: () => boolean;
  /** Told of every call, once it has ended. */
  readonly onCall?: (call: CallRecord) => void;
}

/** What outlives a cloud's process, and the ids that no two processes may share. */
export interface KeptCloud {
  readonly store: OpenStore;
  readonly ids: Ids;
  readonly root: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly key: Uint8Array;
}

export const testCloud = async ({
  auth = "strict",
  seed = 1,
  clock = testClock(),
  loaders = {},
  kept,
  expectsBugs = () => false,
  onCall,
}: TestCloudOptions = {}): Promise<TestCloud> => {
  const ids = kept?.ids ?? seededIds(seed);
  const state = await openState(undefined, ids, kept?.root);
  const bugs: unknown[] = [];
  const store = kept?.store ?? state.store;
  const cloud = assembleCloud({
    store,
    clock,
    ids,
    root: state.root,
    key: kept?.key ?? state.key,
    account: TEST_ACCOUNT,
    region: TEST_REGION,
    auth,
    endpoint: () => ENDPOINT,
    directory: state.directory,
    workspace: state.workspace,
    clearDirectories: state.clearDirectories,
    trust: createTrust(state.trust, []),
    onBug: (where, error) => {
      if (!expectsBugs()) bugs.push(new Error(`a bug in ${where}`, { cause: error }));
    },
    loaders: { ...serviceLoaders, ...loaders },
    ...(onCall ? { onCall } : {}),
  });
  const requestHandler = createSdkHandler(cloud.handler);
  const config: TestClientConfig = {
    region: TEST_REGION,
    endpoint: ENDPOINT,
    credentials: state.root,
    requestHandler,
    maxAttempts: 1,
    forcePathStyle: true,
  };
  // One client of a kind: a new one reads its settings, from the environment and from files, at its first call.
  const clients = new Map<unknown, unknown>();
  return {
    ...cloud,
    clock,
    records: store.records,
    credentials: state.root,
    requestHandler,
    client: <C>(Client: new (config: TestClientConfig) => C, overrides?: Partial<TestClientConfig>): C => {
      if (overrides) return new Client({ ...config, ...overrides });
      const client = (clients.get(Client) as C | undefined) ?? new Client(config);
      clients.set(Client, client);
      return client;
    },
    [Symbol.asyncDispose]: async () => {
      await cloud[Symbol.asyncDispose]();
      if (kept) await state.store[Symbol.asyncDispose]();
      if (bugs.length > 0) throw bugs[0];
    },
  };
};
