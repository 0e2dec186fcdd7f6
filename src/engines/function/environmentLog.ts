import type { Child } from "./childProcess.ts";
import type { EnvironmentHost } from "./environmentHost.ts";
import { logDate, timeoutLine } from "./environmentTexts.ts";
import {
  finished,
  type InitReport,
  initEnded,
  initStarted,
  type PlatformEvent,
  type Report,
  started,
} from "./platformEvents.ts";
import { type PlatformLog, platformLog } from "./platformLog.ts";
import { type Interpreter, runtimeVersion } from "./runtimes.ts";
import type { FunctionSpec } from "./spec.ts";
import type { TelemetryEvent, TelemetryType } from "./subscription.ts";
import type { Subscriptions } from "./subscriptions.ts";
import { frameReader, lineReader } from "./telemetry.ts";
import type { Work } from "./work.ts";

/** The log stream of one environment: what its processes write, and what Lambda writes of them. */
export class EnvironmentLog {
  readonly stream: string;
  private readonly host: Pick<EnvironmentHost, "clock" | "log">;
  private readonly spec: FunctionSpec;
  private readonly platform: PlatformLog;
  /** What extensions hear of the start, though they come to listen during it. */
  private readonly initEvents: TelemetryEvent[] = [];
  private work: Work | undefined;
  private subscriptions: Subscriptions | undefined;
  /** Takes what the function's process has written of a line that has no end yet. */
  private flush: () => void = () => {};

  constructor(host: Pick<EnvironmentHost, "clock" | "ids" | "log">, spec: FunctionSpec) {
    this.host = host;
    this.spec = spec;
    this.stream = `${logDate(host.clock.now())}/[${spec.version}]${host.ids.hex(32)}`;
    this.platform = platformLog(spec, this.isoTime);
  }

  readonly isoTime = (): string => new Date(this.host.clock.now()).toISOString();

  initStart(interpreter: Interpreter | undefined, initializationType: string, phase: InitReport["phase"]): void {
    const start = { initializationType, phase, runtimeVersion: runtimeVersion(this.spec.runtime, interpreter) };
    this.writeAll(this.platform.initStart(start));
    const { type, record } = initStarted(this.spec, start);
    this.initEvents.push({ time: this.isoTime(), type, record });
  }

  initReport(report: InitReport): void {
    this.writeAll(this.platform.initReport(report));
    if (this.subscriptions?.isHeard) this.publish(initEnded(report));
  }

  /** From now on its lines belong to this event too. */
  start(work: Work): void {
    this.work = work;
    const { requestId, traceId } = work.invocation;
    this.writeAll(this.platform.start(requestId));
    if (this.subscriptions?.isHeard) this.publish([started(this.spec, requestId)], traceId);
  }

  timeout(message: string): void {
    this.write(timeoutLine(this.isoTime(), message));
  }

  finish(report: Report): void {
    // AWS: a line without an end ends with its invocation.
    this.flush();
    this.writeAll(this.platform.finish(report));
    if (this.subscriptions?.isHeard) this.publish(finished(this.spec, report), this.work?.invocation.traceId);
    this.work = undefined;
  }

  /** Tells extensions of what is written from now on, and of the start. */
  tell(subscriptions: Subscriptions): void {
    this.subscriptions = subscriptions;
    subscriptions.before = this.initEvents;
  }

  private publish(events: readonly PlatformEvent[], traceId?: string): void {
    const tracing = traceId === undefined ? {} : { tracing: { type: "X-Amzn-Trace-Id", value: traceId } };
    const time = this.isoTime();
    for (const { type, record } of events)
      this.subscriptions?.publish("platform", { time, type, record: { ...record, ...tracing } });
  }

  /** Takes what an extension writes. */
  readExtension(child: Child): void {
    this.readLines(child, "extension");
  }

  /** Takes what the function's process writes; what it gives back takes a last line without an end. */
  readFunction(child: Child): () => void {
    this.flush = this.readLines(child, "function");
    child.telemetry.on(
      "data",
      frameReader((message) => this.write(message, "function")),
    );
    return this.flush;
  }

  private readLines({ stdout, stderr }: Child, source: TelemetryType): () => void {
    const readers = [stdout, stderr].map((stream) => {
      const reader = lineReader((message) => this.write(message, source));
      stream.on("data", reader.read);
      return reader;
    });
    return () => readers.forEach((reader) => void reader.flush());
  }

  private writeAll(lines: readonly string[]): void {
    for (const line of lines) this.write(line);
  }

  private write(message: string, source: TelemetryType = "platform"): void {
    this.work?.logged(message);
    if (source !== "platform" && this.subscriptions?.isHeard)
      this.subscriptions.publish(source, { time: this.isoTime(), type: source, record: this.recordOf(message) });
    this.host.log(this.spec, this.stream, { timestamp: this.host.clock.now(), message });
  }

  /** AWS: a line of a JSON log is told as what it holds, where it is JSON. */
  private recordOf(message: string): unknown {
    if (this.spec.logging.format !== "JSON" || !message.startsWith("{")) return message;
    try {
      return JSON.parse(message);
    } catch {
      // Only looks like it.
      return message;
    }
  }
}
