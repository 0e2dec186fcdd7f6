import { Readable } from "node:stream";
import { type HttpRequest as SdkRequest, HttpResponse as SdkResponse } from "@smithy/core/protocols";
import { type AssembledCloud, assembleCloud } from "../src/cloud.ts";
import { type Clock, testClock } from "../src/kernel/clock.ts";
import type { HttpResponse } from "../src/kernel/http.ts";
import { type Ids, seededIds } from "../src/kernel/ids.ts";
import type { ServiceLoaders } from "../src/kernel/rooms.ts";
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
  });
  const requestHandler = inProcess(cloud);
  return {
    ...cloud,
    clock,
    records: store.records,
    credentials: state.root,
    requestHandler,
    client: (Client, overrides = {}) =>
      new Client({
        region: TEST_REGION,
        endpoint: ENDPOINT,
        credentials: state.root,
        requestHandler,
        maxAttempts: 1,
        forcePathStyle: true,
        ...overrides,
      }),
    [Symbol.asyncDispose]: async () => {
      await cloud[Symbol.asyncDispose]();
      if (kept) await state.store[Symbol.asyncDispose]();
      if (bugs.length > 0) throw bugs[0];
    },
  };
};

/** The SDK's transport, joined to the handler without a socket. */
const inProcess = (cloud: AssembledCloud): TestClientConfig["requestHandler"] => ({
  handle: async (request) => {
    const url = new URL(
      `${request.protocol}//${request.hostname}${request.port ? `:${request.port}` : ""}${request.path}`,
    );
    const query = queryString(request.query);
    const response = await cloud.handler({
      method: request.method,
      host: request.headers["host"] ?? url.host,
      path: request.path,
      rawQuery: query,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
      body: bodyOf(request.body),
      remoteAddress: "127.0.0.1",
      signal: new AbortController().signal,
    });
    return { response: sdkResponse(response) };
  },
});

const queryString = (query: SdkRequest["query"]): string =>
  Object.entries(query ?? {})
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((each) =>
        each === null || each === undefined ? escapeUri(name) : `${escapeUri(name)}=${escapeUri(each)}`,
      ),
    )
    .join("&");

const escapeUri = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const bodyOf = (body: unknown): Readable => {
  if (body === undefined || body === null || body === "") return Readable.from([]);
  if (body instanceof Readable) return body;
  if (body instanceof Uint8Array) return Readable.from([Buffer.from(body.buffer, body.byteOffset, body.byteLength)]);
  return Readable.from([Buffer.from(String(body))]);
};

const sdkResponse = ({ status, headers, body }: HttpResponse): SdkResponse => {
  const stream =
    body === undefined || typeof body === "string" || body instanceof Uint8Array
      ? Readable.from(body === undefined || body.length === 0 ? [] : [Buffer.from(body as Uint8Array)])
      : Readable.from(body, { objectMode: false });
  const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return new SdkResponse({ statusCode: status, headers: flat, body: stream });
};
