import { mkdir, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { errorMessage } from "../../kernel/errors.ts";
import { CannotStart, type FunctionCommand, type InitializationType } from "./command.ts";
import { Deadline } from "./deadline.ts";
import { environmentCommand } from "./environmentCommand.ts";
import type { EnvironmentHost, StartFailure, StartOptions } from "./environmentHost.ts";
import { EnvironmentLog } from "./environmentLog.ts";
import { extensionEvent, nextEvent } from "./environmentTexts.ts";
import { Extensions } from "./extensions.ts";
import { extensionPrograms, launchExtensions } from "./externalExtensions.ts";
import {
  type ChildExit,
  exited,
  type Failure,
  notLaunched,
  notStarted,
  outOfMemory,
  outOfStorage,
  timedOut,
} from "./failures.ts";
import { INIT_TIMEOUT_MS, MEMORY_SAMPLE_MS, SETTLING_MS } from "./limits.ts";
import { type RuntimeProcess, startRuntimeProcess } from "./runtimeProcess.ts";
import type { ErrorReport, NextEvent, RuntimeSession } from "./runtimeSession.ts";
import type { CodeFolders, FunctionSpec, Invocation, InvocationResult } from "./spec.ts";
import type { TraceListener } from "./traceListener.ts";
import { Usage } from "./usage.ts";
import { type Answer, type Ending, failed, reported, Work } from "./work.ts";

/** What the owner of environments hears of them. */
export interface EnvironmentListener {
  /** It waits for an event. */
  idle(environment: Environment): void;
  /** It is gone. `failure` tells how it failed to start; an invocation has to be told. */
  ended(environment: Environment, failure?: StartFailure): void;
}

type Phase = "starting" | "idle" | "busy" | "ending" | "ended";

/** One execution environment: a process, one event at a time, its log stream, its limits. */
export class Environment implements RuntimeSession {
  readonly spec: FunctionSpec;
  private readonly log: EnvironmentLog;
  /** The cloud's time when it last became idle. */
  idleSince = 0;
  /** The stopwatch's time of the same. */
  idleMs = 0;
  /** The cloud's time when its credentials end. */
  expiresAt = Number.POSITIVE_INFINITY;
  private readonly host: EnvironmentHost;
  private readonly listener: EnvironmentListener;
  private readonly scratch: string;
  readonly initialization: InitializationType;
  private readonly initPhase: "init" | "invoke";
  private readonly initTimeoutMs: number;
  readonly inspectPort: number | undefined;
  private readonly deadline: Deadline;
  private phase: Phase = "starting";
  private process: RuntimeProcess | undefined;
  private work: Work | undefined;
  /** The stopwatch's time when it last answered. */
  private answeredMs = Number.NEGATIVE_INFINITY;
  private answerNext: ((event: NextEvent) => void) | undefined;
  private startedMs: number;
  private initDurationMs: number | undefined;
  /** Why its process is being ended, when that is for something it did. */
  private ending: ((requestId: string) => Failure) | undefined;
  private startFailure: StartFailure | undefined;
  private readonly usage: Usage;
  private ownExtensions: Extensions | undefined;
  private traces: TraceListener | undefined;
  private frozen = false;

  constructor(
    host: EnvironmentHost,
    spec: FunctionSpec,
    listener: EnvironmentListener,
    { initialization = "on-demand", withinInvocation = false, inspectPort }: StartOptions = {},
  ) {
    this.inspectPort = inspectPort;
    this.initialization = initialization;
    this.initPhase = withinInvocation ? "invoke" : "init";
    this.initTimeoutMs = withinInvocation ? spec.timeoutMs : INIT_TIMEOUT_MS;
    this.host = host;
    this.spec = spec;
    this.listener = listener;
    this.log = new EnvironmentLog(host, spec);
    this.scratch = join(host.scratchRoot(), host.ids.hex(16));
    this.usage = new Usage(spec, this.scratch, host.stopwatchMs);
    this.deadline = new Deadline(host.machineClock, MEMORY_SAMPLE_MS, {
      tick: () => {
        this.watchMemory();
        void this.usage.exceedsStorage().then((exceeds) => exceeds && this.fail(outOfStorage));
      },
      expire: () => this.fail((requestId) => timedOut(requestId, this.timeoutMs())),
    });
    this.startedMs = host.stopwatchMs();
  }

  /** Starts the process. Everything that comes of it is told to the listener. */
  async start(): Promise<void> {
    try {
      await mkdir(this.scratch, { recursive: true });
      const folders = await this.host.codeFolders(this.spec);
      const command = await this.command(folders);
      this.startedMs = this.host.stopwatchMs();
      this.log.initStart(command.interpreter, this.initialization, this.initPhase);
      this.limitTo(this.initTimeoutMs);
      const programs = await extensionPrograms(folders.layerRoot);
      this.process = await this.startProcess(command, programs);
      this.readOutput(this.process, command);
      if (this.phase === "ending") this.process.end();
    } catch (error) {
      const errorType = error instanceof CannotStart ? error.errorType : "Runtime.InvalidEntrypoint";
      this.startFailure ??= {
        answer: (requestId) => failed(notStarted(requestId, errorType, errorMessage(error))),
        isFinal: true,
      };
      await this.leave();
    }
  }

  private async startProcess(command: FunctionCommand, extensions: readonly string[]): Promise<RuntimeProcess> {
    const { host, spec } = this;
    if (extensions.length > 0) {
      // AWS: the function's own process starts once all extensions have registered.
      return startRuntimeProcess(host, command, this, (authority) => {
        const children = launchExtensions(extensions, host.launch, command, authority);
        for (const child of children.values()) this.log.readExtension(child);
        return this.extensions.launched(children);
      });
    }
    const spare = command.file === process.execPath && host.spares.take(command, spec.memoryMb, this);
    return spare || startRuntimeProcess(host, command, this);
  }

  /** Hands an idle environment an event. */
  run(invocation: Invocation): Promise<InvocationResult> {
    const answerNext = this.answerNext;
    if (this.phase !== "idle" || !answerNext)
      throw new Error(`an environment that is ${this.phase} was given an event`);
    this.phase = "busy";
    this.answerNext = undefined;
    this.thaw();
    const usedMs = this.takeUsedMs();
    const leftMs = this.spec.timeoutMs - usedMs;
    this.limitTo(leftMs);
    return new Promise((resolve) => {
      this.work = new Work(invocation, this.host.stopwatchMs() - usedMs, resolve);
      this.log.start(this.work);
      const event = nextEvent(invocation, this.host.machineClock.now() + leftMs, this.host);
      this.ownExtensions?.invoke(extensionEvent(event));
      answerNext(event);
    });
  }

  /** What its first event has used of its time already: AWS: the second attempt of a start is part of the invocation. */
  private takeUsedMs(): number {
    if (this.initPhase === "init" || this.initDurationMs === undefined) return 0;
    this.initDurationMs = undefined;
    return Math.round(this.host.stopwatchMs() - this.startedMs);
  }

  /** Answers an event that was to run here, had the start not failed. */
  refuse(invocation: Invocation, failure: StartFailure): Promise<InvocationResult> {
    return new Promise((resolve) => {
      this.work = new Work(invocation, this.startedMs, resolve);
      this.log.start(this.work);
      this.finish(...failure.answer(invocation.requestId));
    });
  }

  /** Ends it; an event it has is answered with the process's end. */
  stop(): void {
    if (this.phase === "ended" || this.phase === "ending") return;
    this.phase = "ending";
    const isFarewell = !this.ending && !this.startFailure;
    this.process?.end(isFarewell ? this.ownExtensions?.graceMs : 0);
  }

  /** Stands still until its next event: AWS gives a function no processor between events. */
  freeze(): void {
    if (this.phase !== "idle" || this.frozen) return;
    this.frozen = true;
    this.process?.child.freeze(true);
    this.ownExtensions?.freeze(true);
  }

  private thaw(): void {
    if (!this.frozen) return;
    this.frozen = false;
    this.process?.child.freeze(false);
    this.ownExtensions?.freeze(false);
  }

  get isIdle(): boolean {
    return this.phase === "idle";
  }

  /** It has no event to answer: it waits for one, or is about to. */
  get isFree(): boolean {
    return (
      this.isIdle || (this.phase === "busy" && (this.work?.isEnded ?? true) && (this.ownExtensions?.areReady ?? true))
    );
  }

  /** It has just answered, and will most likely be idle before another one could start. */
  get isSettling(): boolean {
    const isAnswered = this.phase === "busy" && (this.work?.isEnded ?? true);
    return isAnswered && this.host.stopwatchMs() - this.answeredMs < SETTLING_MS;
  }

  // What its process says.

  assignment(): void {}

  next(answer: (event: NextEvent) => void): void {
    if (this.phase === "ending" || this.phase === "ended") return;
    this.answerNext = answer;
    if (this.phase === "starting") {
      this.initDurationMs ??= this.host.stopwatchMs() - this.startedMs;
      // What it wrote while it started is on other descriptors: after this turn all of them are read.
      setImmediate(() => this.settle());
    } else this.settle();
  }

  extensionRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return this.extensions.answer(request, response);
  }

  async closing(): Promise<void> {
    this.ownExtensions?.telemetry.flush();
    await this.ownExtensions?.shutdown(this.shutdownReason, this.host.machineClock.now());
  }

  private get shutdownReason(): string {
    if (!this.ending) return this.startFailure ? "failure" : "spindown";
    return this.ending("").status === "timeout" ? "timeout" : "failure";
  }

  /** Its extensions; most environments have none, and are asked for none. */
  private get extensions(): Extensions {
    if (this.ownExtensions) return this.ownExtensions;
    const made = new Extensions(this.spec, this.host.ids, {
      now: this.log.isoTime,
      ready: () => this.settle(),
      failed: (errorType, message) => this.fail((id) => notStarted(id, errorType, message)),
    });
    this.log.tell(made.telemetry);
    this.ownExtensions = made;
    return made;
  }

  /** Idle once its process, and every extension, waits for the next event. */
  private settle(): void {
    const waits = this.phase === "starting" || this.phase === "busy";
    if (this.answerNext && !this.work && waits && (this.ownExtensions?.areReady ?? true)) this.becomeIdle();
  }

  response(requestId: string, header: Parameters<Work["receiver"]>[0]) {
    const done = (ending: Ending, answer: Answer) => this.finish(ending, answer);
    return this.current(requestId)?.receiver(header, this.host.stopwatchMs(), done);
  }

  invocationError(requestId: string, report: ErrorReport): boolean {
    if (!this.current(requestId)) return false;
    this.finish(...reported(report));
    return true;
  }

  initError(report: ErrorReport): boolean {
    if (this.phase !== "starting") return false;
    this.startFailure ??= { answer: () => reported(report), isFinal: false };
    // Its answer goes out first; a moment later the process has no more to say.
    setImmediate(() => this.stop());
    return true;
  }

  private current(requestId: string): Work | undefined {
    return this.work?.invocation.requestId === requestId && !this.work.isEnded ? this.work : undefined;
  }

  private async command(folders: CodeFolders): Promise<FunctionCommand> {
    const { host, spec, scratch, initialization, inspectPort } = this;
    const own = { spec, folders, scratch, initialization, inspectPort, logStream: this.log.stream };
    const prepared = await environmentCommand(host, own);
    this.expiresAt = prepared.expiresAt;
    this.traces = prepared.traces;
    return prepared.command;
  }

  private limitTo(ms: number): void {
    if (this.inspectPort === undefined) this.deadline.set(ms);
  }

  private becomeIdle(): void {
    this.deadline.clear();
    if (this.phase === "starting") this.initEnded("success", undefined);
    this.phase = "idle";
    this.idleSince = this.host.clock.now();
    this.idleMs = this.host.stopwatchMs();
    this.listener.idle(this);
  }

  /** Answers the invocation, and once its log is complete, reports it. */
  private finish(ending: Ending, answer: Answer): void {
    const work = this.work;
    if (!work || work.isEnded) return;
    if (ending.status === "timeout") this.log.timeout(ending.errorMessage ?? "");
    const durationMs = this.host.stopwatchMs() - work.startedMs;
    const took = { durationMs, initDurationMs: this.initDurationMs };
    work.isEnded = true;
    this.answeredMs = work.startedMs + durationMs;
    if (!work.invocation.tail) work.answer(ending, answer, took);
    // The process wrote its log and its segments before its answer, but on other descriptors: after this turn all of them are read.
    setImmediate(() => {
      this.report(work, ending, durationMs);
      if (work.invocation.tail) work.answer(ending, answer, took);
      this.work = undefined;
      this.settle();
    });
  }

  private report(work: Work, ending: Ending, durationMs: number): void {
    if (this.usage.isStale) this.watchMemory();
    const initDurationMs = this.initDurationMs;
    // Only the first invocation reports the initialisation.
    this.initDurationMs = undefined;
    this.log.finish({
      requestId: work.invocation.requestId,
      traceId: work.invocation.traceId,
      durationMs,
      maxMemoryMb: this.usage.maxMemoryMb,
      initDurationMs,
      status: ending.status,
      errorType: ending.errorType,
      producedBytes: work.producedBytes,
      latencyMs: work.latencyMs,
      endedAt: this.host.clock.now(),
    });
  }

  private watchMemory(): void {
    if (this.usage.exceedsMemory(this.process?.child.pid)) this.fail(outOfMemory);
  }

  /** Ends the process for what it did; the invocation is answered when it is gone and its log complete. */
  private fail(failure: (requestId: string) => Failure): void {
    this.ending ??= failure;
    if (this.phase === "starting") {
      this.startFailure ??= { answer: (requestId) => failed(failure(requestId)), isFinal: false };
    }
    this.stop();
  }

  private timeoutMs(): number {
    return this.work ? this.spec.timeoutMs : this.initTimeoutMs;
  }

  private readOutput({ child }: RuntimeProcess, command: FunctionCommand): void {
    const flush = this.log.readFunction(child);
    void child.ended.then(async (exit) => {
      flush();
      await this.gone(exit, command);
    });
  }

  private async gone(exit: ChildExit & { readonly error?: Error }, command: FunctionCommand): Promise<void> {
    const { error } = exit;
    const failure = this.ending ?? ((id: string) => (error ? notLaunched(id, error, command) : exited(id, exit)));
    if (this.phase === "starting") {
      this.startFailure ??= { answer: (requestId) => failed(failure(requestId)), isFinal: error !== undefined };
    }
    const work = this.work;
    if (work && !work.isEnded) this.finish(...failed(failure(work.invocation.requestId)));
    await this.leave();
  }

  private initEnded(status: Ending["status"], errorType: string | undefined): void {
    const durationMs = this.initDurationMs ?? this.host.stopwatchMs() - this.startedMs;
    const { initialization: initializationType, initPhase: phase } = this;
    this.log.initReport({ initializationType, phase, status, errorType, durationMs });
  }

  private async leave(): Promise<void> {
    if (this.phase === "ended") return;
    this.phase = "ended";
    this.deadline.clear();
    if (this.startFailure) {
      const [{ status, errorType = "Runtime.Unknown" }] = this.startFailure.answer("");
      this.initEnded(status, errorType);
    }
    this.traces?.close();
    this.listener.ended(this, this.startFailure);
    await rm(this.scratch, { recursive: true, force: true });
  }
}
