import { availableParallelism } from "node:os";
import { Environment, type EnvironmentListener } from "./environment.ts";
import type { EnvironmentHost, StartFailure, StartOptions } from "./environmentHost.ts";
import { CROWDED_WAIT_MS, EASY_ENVIRONMENTS, SCALE_UP_WAIT_MS } from "./limits.ts";
import { Pace } from "./pace.ts";
import type { FunctionSpec, Invocation, InvocationResult } from "./spec.ts";

interface Waiting {
  readonly invocation: Invocation;
  /** An environment was started for it and failed: the next one decides. */
  readonly isSecond?: boolean;
  readonly sinceMs: number;
  readonly resolve: (result: Promise<InvocationResult>) => void;
}

/** Starting more at once than this only makes each start slower. */
const MAX_STARTING = 2 * availableParallelism();
/** How far a pool is with the environments it keeps ready. */
export interface Provisioning {
  readonly requested: number;
  readonly allocated: number;
  /** Of these, how many have no event. */
  readonly available: number;
  /** One could not start: no more are tried. */
  readonly failure: boolean;
}

/** The execution environments of one version and configuration of a function, and the events that wait for one. */
export class Pool implements EnvironmentListener {
  readonly spec: FunctionSpec;
  private readonly host: EnvironmentHost;
  private readonly onEmpty: () => void;
  private readonly environments = new Set<Environment>();
  /** The last one used is the first used again, so that those not needed fall idle. */
  private readonly idles: Environment[] = [];
  private readonly queue: Waiting[] = [];
  /** Those that are not ready yet, and when their start began. */
  private readonly starting = new Map<Environment, number>();
  private readonly pace = new Pace();
  private retired = false;
  /** How many environments are kept ready, whether events come or not. */
  private provisioned = 0;
  private provisionFailed = false;
  private inspectPort: number | undefined;
  private checking = false;

  /** `onEmpty` hears when a retired pool has nothing left. */
  constructor(host: EnvironmentHost, spec: FunctionSpec, onEmpty: () => void) {
    this.host = host;
    this.spec = spec;
    this.onEmpty = onEmpty;
  }

  /** Runs an event in an environment that waits, or in the first that will. */
  invoke(invocation: Invocation): Promise<InvocationResult> {
    const environment = this.takeIdle();
    if (environment) return this.runIn(environment, invocation);
    return new Promise((resolve) => {
      this.queue.push({ invocation, sinceMs: this.host.stopwatchMs(), resolve });
      this.scale();
    });
  }

  /** Environments end as soon as they have no event: the function has been changed or removed. */
  retire(): void {
    this.retired = true;
    this.endIdle(() => true);
    this.ifEmpty();
  }

  /** From now on events run under a debugger at that port, or without one again. */
  inspect(port: number | undefined): void {
    this.inspectPort = port;
    this.endIdle((environment) => environment.inspectPort !== port);
  }

  /** Ends every environment now. */
  end(): void {
    this.retired = true;
    for (const environment of this.environments) environment.stop();
  }

  /** Ends those idle environments; says whether any was. */
  endIdle(which: (environment: Environment) => boolean): boolean {
    const ending = this.idles.filter(which);
    for (const environment of ending) {
      this.idles.splice(this.idles.indexOf(environment), 1);
      environment.stop();
    }
    return ending.length > 0;
  }

  /** Ends those that have been idle since before that time, but for those kept ready. */
  reap(before: number): void {
    let kept = this.provisioned;
    this.endIdle((environment) => environment.idleSince <= before && !(isProvisioned(environment) && kept-- > 0));
  }

  /** Those that have been idle for a while stand still. */
  freezeIdle(before: number): boolean {
    let waiting = false;
    for (const environment of this.idles) {
      if (environment.idleMs <= before) environment.freeze();
      else waiting = true;
    }
    return waiting;
  }

  /** Keeps that many environments ready from now on. */
  provision(count: number): void {
    this.provisioned = count;
    this.provisionFailed = false;
    this.fill();
  }

  get provisioning(): Provisioning {
    const ready = [...this.environments].filter((one) => isProvisioned(one) && !this.starting.has(one));
    return {
      requested: this.provisioned,
      allocated: Math.min(ready.length, this.provisioned),
      available: Math.min(ready.filter(({ isFree }) => isFree).length, this.provisioned),
      failure: this.provisionFailed,
    };
  }

  private fill(): void {
    if (this.retired || this.provisionFailed) return;
    let missing = this.provisioned - [...this.environments].filter(isProvisioned).length;
    for (; missing > 0 && this.starting.size < MAX_STARTING; missing--) {
      this.startOne({ initialization: "provisioned-concurrency" });
    }
  }

  idle(environment: Environment): void {
    const now = this.host.stopwatchMs();
    const startedMs = this.starting.get(environment);
    if (startedMs !== undefined) {
      this.starting.delete(environment);
      this.pace.started(now - startedMs);
      this.fill();
    }
    if (!this.isUsable(environment)) {
      environment.stop();
      return;
    }
    const next = this.queue.shift();
    if (next) this.pace.took(now);
    else this.pace.idled();
    if (next) next.resolve(this.runIn(environment, next.invocation));
    else if (this.retired) environment.stop();
    else {
      this.idles.push(environment);
      this.host.idled();
    }
  }

  ended(environment: Environment, failure?: StartFailure): void {
    this.starting.delete(environment);
    this.environments.delete(environment);
    const at = this.idles.indexOf(environment);
    if (at >= 0) this.idles.splice(at, 1);
    // A function that cannot start fails one event for each attempt, as on AWS; what is started ahead of events fails none.
    const isAhead = isProvisioned(environment);
    const next = failure && !isAhead ? this.queue.shift() : undefined;
    if (failure && isAhead) this.provisionFailed = true;
    if (next && failure && (next.isSecond || failure.isFinal))
      next.resolve(environment.refuse(next.invocation, failure));
    else if (next) {
      this.queue.unshift({ ...next, isSecond: true });
      this.startOne({ withinInvocation: true });
    }
    this.fill();
    this.scale();
    this.ifEmpty();
  }

  private takeIdle(): Environment | undefined {
    for (;;) {
      const environment = this.provisioned > 0 ? this.popProvisioned() : this.idles.pop();
      if (!environment || this.isUsable(environment)) return environment;
      environment.stop();
    }
  }

  /** AWS: what is provisioned is used first. */
  private popProvisioned(): Environment | undefined {
    const at = this.idles.findLastIndex(isProvisioned);
    return at < 0 ? this.idles.pop() : this.idles.splice(at, 1)[0];
  }

  /** One that has just crashed, or whose credentials are about to end, is not used again. */
  private isUsable({ isIdle, expiresAt, inspectPort }: Environment): boolean {
    if (inspectPort !== this.inspectPort) return false;
    return isIdle && expiresAt - this.spec.timeoutMs > this.host.clock.now();
  }

  private async runIn(environment: Environment, invocation: Invocation): Promise<InvocationResult> {
    const result = await environment.run(invocation);
    this.pace.ran(result.durationMs);
    return result;
  }

  /** Starts as many environments as the waiting events are worth. */
  private scale(): void {
    const settling = this.queue.length > 0 ? [...this.environments].filter((one) => one.isSettling).length : 0;
    const wanted = Math.min(this.queue.length - settling, MAX_STARTING);
    while (this.starting.size < wanted && this.isWorthOneMore()) this.startOne();
    if (this.queue.length > 0 && !this.checking) void this.checkAgain();
  }

  private isWorthOneMore(): boolean {
    const [first] = this.queue;
    if (!first) return false;
    // A debugger looks at one process, so there is only one.
    if (this.inspectPort !== undefined) return this.environments.size === 0;
    if (this.environments.size === 0) return true;
    const now = this.host.stopwatchMs();
    if (now - first.sinceMs >= CROWDED_WAIT_MS) return true;
    const ready = this.environments.size - this.starting.size;
    const saturated = this.host.saturation.isSaturated();
    const backlog = { waiting: this.queue.length, sinceMs: first.sinceMs, ready, saturated };
    return this.environments.size < EASY_ENVIRONMENTS && this.pace.isWorthStarting(backlog, now);
  }

  private startOne(options: StartOptions = {}): void {
    const { inspectPort } = this;
    const environment = new Environment(this.host, this.spec, this, { inspectPort, ...options });
    this.environments.add(environment);
    this.starting.set(environment, this.host.stopwatchMs());
    void environment.start();
  }

  private async checkAgain(): Promise<void> {
    const { machineClock, saturation, stopwatchMs } = this.host;
    this.checking = true;
    const sinceMs = stopwatchMs();
    await machineClock.sleep(SCALE_UP_WAIT_MS);
    saturation.woke(stopwatchMs() - sinceMs - SCALE_UP_WAIT_MS);
    this.checking = false;
    this.scale();
  }

  private ifEmpty(): void {
    if (this.retired && this.environments.size === 0 && this.queue.length === 0) this.onEmpty();
  }
}

const isProvisioned = ({ initialization }: Environment): boolean => initialization === "provisioned-concurrency";
