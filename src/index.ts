import { checkOptions } from "./checkOptions.ts";
import { type AssembledCloud, assembleCloud, type RootCredentials } from "./cloud.ts";
import { openClock } from "./keptClock.ts";
import type { CallRecord } from "./kernel/callRecord.ts";
import type { Clock } from "./kernel/clock.ts";
import type { CloudEvent, Events } from "./kernel/events.ts";
import { type Ids, randomIds } from "./kernel/ids.ts";
import type { Tasks } from "./kernel/tasks.ts";
import { createSdkHandler, type SdkRequestHandler } from "./sdkHandler.ts";
import { openState } from "./state.ts";
import { createTrust } from "./trust.ts";
import type { AuthMode } from "./wire/authenticate.ts";
import type { Handler } from "./wire/handle.ts";
import { listen } from "./wire/server.ts";

/** How a cloud is started. Everything has a default. */
export interface CloudOptions {
  /** The port to listen on; 0 picks a free one. Default 0. */
  readonly port?: number;
  /** The address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** The directory that keeps the cloud. Absent: it lives in memory and ends with the process. */
  readonly state?: string;
  /** Twelve digits. Default 000000000000. */
  readonly accountId?: string;
  /** Default us-east-1. */
  readonly region?: string;
  /** `strict` verifies signatures and evaluates policies; `open` takes any key for the account's root. Default strict. */
  readonly auth?: AuthMode;
  /** How many seconds of the cloud pass in one of ours. Default 1. */
  readonly timeScale?: number;
  /** Fixed root credentials; generated and kept in the state otherwise. */
  readonly credentials?: RootCredentials;
  /** Host names under which the cloud may be addressed, beyond localhost and its subdomains. */
  readonly hosts?: readonly string[];
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly onBug?: (where: string, error: unknown) => void;
  readonly onCall?: (call: CallRecord) => void;
}

/** A running cloud. */
export interface Cloud extends AsyncDisposable {
  /** `http://127.0.0.1:4566` */
  readonly endpoint: string;
  readonly port: number;
  readonly region: string;
  readonly accountId: string;
  readonly credentials: RootCredentials;
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly events: Events;
  /** Answers a request without a socket. */
  readonly handle: Handler;
  /** What an SDK v3 client takes to call this cloud without a socket. */
  readonly requestHandler: SdkRequestHandler;
  /** What any SDK v3 client is made with: region, endpoint, credentials, `forcePathStyle`, and the handler above. */
  clientConfig(): CloudClientConfig;
  /** Resolves when nothing runs in the background: builds, stacks, pipelines, events, queues. */
  idle(): Promise<void>;
  /** Makes the cloud as new without a restart: empty, its logs and its clock included. */
  reset(): Promise<void>;
  /** Ends it, as `await using` does. */
  stop(): Promise<void>;
}

/** The configuration of an SDK v3 client of this cloud. */
export interface CloudClientConfig {
  readonly region: string;
  readonly endpoint: string;
  /** A copy for each client: the SDK writes into what it is given. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler: SdkRequestHandler;
  /** Only S3's client reads it: buckets are named in the path. */
  readonly forcePathStyle: boolean;
}

export type { Clock, CloudEvent, SdkRequestHandler };

const DEFAULT_ACCOUNT = "000000000000";
const DEFAULT_REGION = "us-east-1";
const LOOPBACK = "127.0.0.1";

/**
 * Starts a cloud and listens. Throws when the port is taken (`EADDRINUSE`), or the state directory is in use
 * (`StateInUse`) or newer than this aloft (`StateTooNew`), and a RangeError for an option that cannot be.
 */
export const startCloud = async (options: CloudOptions = {}): Promise<Cloud> => {
  checkOptions(options);
  const { port = 0, host = LOOPBACK, accountId = DEFAULT_ACCOUNT, region = DEFAULT_REGION, auth = "strict" } = options;
  const ids = options.ids ?? randomIds();
  const state = await openState(options.state, ids, options.credentials);
  let endpoint = `http://${host}:${port}`;
  const trust = createTrust(state.trust, options.hosts ?? []);
  const { clock, close: closeClock } = options.clock
    ? { clock: options.clock, close: () => {} }
    : openClock(state.files?.clock, options.timeScale ?? 1);
  const assembled = assembleCloud({
    store: state.store,
    clock,
    ids,
    root: state.root,
    key: state.key,
    account: accountId,
    region,
    auth,
    endpoint: () => endpoint,
    directory: state.directory,
    workspace: state.workspace,
    clearDirectories: state.clearDirectories,
    trust,
    ...(state.files ? { logs: state.files.logs } : {}),
    ...(state.snapshot ? { snapshot: state.snapshot } : {}),
    onBug: options.onBug ?? reportBug,
    ...(options.onCall ? { onCall: options.onCall } : {}),
  });
  const server = await listenOrDispose(assembled, {
    port,
    host,
    handler: assembled.handler,
    upgrade: assembled.upgrade,
    call: assembled.call,
    hosts: options.hosts ?? [],
    authority: trust.authority,
  });
  endpoint = `http://${host === "0.0.0.0" || host === "::" ? LOOPBACK : host}:${server.port}`;
  assembled.tasks.spawn("resume", () => assembled.resume());
  const requestHandler = createSdkHandler(assembled.handler);
  const stop = async () => {
    await server[Symbol.asyncDispose]();
    await assembled[Symbol.asyncDispose]();
    closeClock();
  };
  return {
    endpoint,
    port: server.port,
    region,
    accountId,
    credentials: state.root,
    clock,
    tasks: assembled.tasks,
    events: assembled.events,
    handle: assembled.handler,
    requestHandler,
    clientConfig: () => ({
      region,
      endpoint,
      credentials: { ...state.root },
      requestHandler,
      forcePathStyle: true,
    }),
    idle: () => assembled.tasks.idle(),
    reset: () => assembled.reset(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
};

const listenOrDispose = async (assembled: AssembledCloud, options: Parameters<typeof listen>[0]) => {
  try {
    return await listen(options);
  } catch (error) {
    await assembled[Symbol.asyncDispose]();
    throw error;
  }
};

const reportBug = (where: string, error: unknown): void => {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`aloft: a bug in ${where}: ${detail}\n`);
};
