import { type Clock, systemClock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { TemporaryCredentials } from "../../kernel/service.ts";
import type { TrustFiles } from "../../kernel/trust.ts";
import { type LaunchChild, launchChild } from "./childProcess.ts";
import { createConcurrency } from "./concurrency.ts";
import type { EnvironmentHost } from "./environmentHost.ts";
import { ACCOUNT_CONCURRENCY, FREEZE_AFTER_MS, IDLE_TIMEOUT_MS } from "./limits.ts";
import { Pool, type Provisioning } from "./pool.ts";
import { createRuntimeApi } from "./runtimeApi.ts";
import { type Interpreter, runtimeFamily } from "./runtimes.ts";
import { createSaturation } from "./saturation.ts";
import { createSpares } from "./spares.ts";
import type { CodeFolders, FunctionLogSink, FunctionSpec, Invocation, InvocationResult, SegmentSink } from "./spec.ts";

/** What the engine needs of the cloud. */
export interface FunctionEngineParts {
  readonly clock: Clock;
  readonly ids: Ids;
  /** A folder of the cloud's state in which each environment gets one of its own. */
  readonly scratchRoot: () => string;
  /** The function's unpacked code; asked once for each environment. */
  readonly codeFolders: (spec: FunctionSpec) => Promise<CodeFolders>;
  /** Credentials of the function's role; asked once for each environment. */
  readonly credentials: (spec: FunctionSpec) => Promise<TemporaryCredentials>;
  /** Where the cloud answers. */
  readonly endpoint: () => string;
  /** Where the files are, once they are, by which the cloud's TLS connections are trusted. */
  readonly trust?: () => TrustFiles;
  /** The Node.js of a major version, where it is here and another than the one that runs this. */
  readonly nodeOf?: (major: number) => Interpreter | undefined;
  readonly log: FunctionLogSink;
  /** Takes the segments of functions that are traced. */
  readonly segment?: SegmentSink;
  /** Executions the account has for functions without reserved concurrency. */
  readonly unreservedConcurrency?: () => number;
  /** The machine's time, by which timeouts go: processes do not run faster when the cloud's clock does. */
  readonly machineClock?: Clock;
  readonly stopwatchMs?: () => number;
  readonly launch?: LaunchChild;
}

/** Runs functions: each in processes of its own, as many as its events need, kept for the next event. */
export interface FunctionEngine extends AsyncDisposable {
  /** Runs one event. Failures of the function are results; throws `Throttled`, or NotImplemented for its runtime. */
  invoke(spec: FunctionSpec, invocation: Invocation): Promise<InvocationResult>;
  /** The code or configuration of that key is not current any more: its environments end once they have no event. */
  retire(key: string): void;
  /** Keeps that many environments of a version ready from now on; 0 for none. */
  provision(spec: FunctionSpec, count: number): void;
  provisioned(spec: FunctionSpec): Provisioning;
  /** From now on the function's events wait for a debugger at that port of this machine; undefined: no longer. */
  inspect(functionName: string, port: number | undefined): void;
  /** Makes the next cold start of a Node.js function a short one. */
  prepare(): Promise<void>;
}

export const createFunctionEngine = (parts: FunctionEngineParts): FunctionEngine => {
  const api = createRuntimeApi();
  const launch = trackChildren(parts.launch ?? launchChild);
  const machineClock = parts.machineClock ?? systemClock();
  const spares = createSpares({ api, launch: launch.launch, machineClock });
  const host: EnvironmentHost = {
    ...parts,
    api,
    spares,
    launch: launch.launch,
    machineClock,
    nodeOf: parts.nodeOf ?? (() => undefined),
    idled: () => wakeFreezer(),
    saturation: createSaturation(),
    stopwatchMs: parts.stopwatchMs ?? (() => performance.now()),
  };
  const pools = new Map<string, Pool>();
  const concurrency = createConcurrency(parts.unreservedConcurrency ?? (() => ACCOUNT_CONCURRENCY));
  const inspected = new Map<string, number>();
  const ending = new AbortController();
  const wakeReaper = reaperOf(parts.clock, pools, ending.signal);
  const wakeFreezer = freezerOf(host, pools, ending.signal);

  const poolOf = (spec: FunctionSpec): Pool => {
    const known = pools.get(spec.key);
    if (known) return known;
    runtimeFamily(spec.runtime);
    const pool = new Pool(host, spec, () => pools.delete(spec.key));
    pool.inspect(inspected.get(spec.functionName));
    pools.set(spec.key, pool);
    wakeReaper();
    return pool;
  };
  return {
    invoke: async (spec, invocation) => {
      concurrency.enter(spec);
      try {
        return await poolOf(spec).invoke(invocation);
      } finally {
        concurrency.leave(spec);
      }
    },
    provision: (spec, count) => {
      concurrency.provision(spec, count);
      if (count > 0 || pools.has(spec.key)) poolOf(spec).provision(count);
    },
    provisioned: ({ key }) =>
      pools.get(key)?.provisioning ?? { requested: 0, allocated: 0, available: 0, failure: false },
    inspect: (functionName, port) => {
      if (port === undefined) inspected.delete(functionName);
      else inspected.set(functionName, port);
      for (const pool of pools.values()) if (pool.spec.functionName === functionName) pool.inspect(port);
    },
    retire: (key) => pools.get(key)?.retire(),
    prepare: () => spares.prepare(),
    [Symbol.asyncDispose]: async () => {
      ending.abort(new Error("the function engine is closing"));
      spares.end();
      for (const pool of pools.values()) pool.end();
      await launch.allEnded();
      api.close();
    },
  };
};

type Pools = ReadonlyMap<string, Pool>;

/** Knows the processes that still run, so that the engine's end is theirs. */
const trackChildren = (launch: LaunchChild) => {
  const running = new Set<Promise<unknown>>();
  return {
    launch: ((command) => {
      const child = launch(command);
      const ended = child.ended.finally(() => running.delete(ended));
      running.add(ended);
      return child;
    }) satisfies LaunchChild,
    allEnded: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
};

/** Stands idle environments still: looks at them a few times a second, and only while one is idle and not yet frozen. */
const freezerOf = ({ machineClock, stopwatchMs }: EnvironmentHost, pools: Pools, signal: AbortSignal) =>
  waker(signal, {
    wait: () => machineClock.sleep(FREEZE_AFTER_MS, signal),
    look: () => {
      const before = stopwatchMs() - FREEZE_AFTER_MS;
      let more = false;
      for (const pool of pools.values()) more = pool.freezeIdle(before) || more;
      return more;
    },
  });

/** Ends environments that have long been idle. It sleeps only while there are environments. */
const reaperOf = (clock: Clock, pools: Pools, signal: AbortSignal) =>
  waker(signal, {
    wait: () => clock.sleep(IDLE_TIMEOUT_MS / 2, signal),
    look: () => {
      const before = clock.now() - IDLE_TIMEOUT_MS;
      for (const pool of pools.values()) pool.reap(before);
      return pools.size > 0;
    },
  });

interface Rounds {
  readonly wait: () => Promise<void>;
  /** Whether there will be more to look at. */
  readonly look: () => boolean;
}

/** Waits and looks, once it is woken, until nothing is left to look at. */
const waker = (signal: AbortSignal, { wait, look }: Rounds) => {
  let awake = false;
  const run = async () => {
    try {
      // No turn passes between the last look and the end: who wakes it then is heard.
      do await wait();
      while (look());
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      awake = false;
    }
  };
  return () => {
    if (awake) return;
    awake = true;
    void run();
  };
};
