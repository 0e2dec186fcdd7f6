import type { Child } from "./childProcess.ts";
import type { EnvironmentHost } from "./environmentHost.ts";
import { logDate, timeoutLine } from "./environmentTexts.ts";
import { type InitReport, type PlatformLog, platformLog, type Report } from "./platformLog.ts";
import { type Interpreter, runtimeVersion } from "./runtimes.ts";
import type { FunctionSpec } from "./spec.ts";
import { type Subscriptions, type TelemetryType, tellFinished } from "./subscriptions.ts";
import { frameReader, lineReader } from "./telemetry.ts";
import type { Work } from "./work.ts";

/** The log stream of one environment: what its processes write, and what Lambda writes of them. */
export class EnvironmentLog {
  readonly stream: string;
  private readonly host: Pick<EnvironmentHost, "clock" | "log">;
  private readonly spec: FunctionSpec;
  private platform: PlatformLog;
  private work: Work | undefined;
  private subscriptions: Subscriptions | undefined;

  constructor(host: Pick<EnvironmentHost, "clock" | "ids" | "log">, spec: FunctionSpec) {
    this.host = host;
    this.spec = spec;
    this.stream = `${logDate(host.clock.now())}/[${spec.version}]${host.ids.hex(32)}`;
    this.platform = platformLog(spec, runtimeVersion(spec.runtime, undefined), this.isoTime);
  }

  readonly isoTime = (): string => new Date(this.host.clock.now()).toISOString();

  initStart(interpreter: Interpreter | undefined, initialization: string, phase: InitReport["phase"]): void {
    this.platform = platformLog(this.spec, runtimeVersion(this.spec.runtime, interpreter), this.isoTime);
    this.writeAll(this.platform.initStart(initialization, phase));
  }

  initReport(report: InitReport): void {
    this.writeAll(this.platform.initReport(report));
  }

  /** From now on its lines belong to this event too. */
  start(work: Work): void {
    this.work = work;
    this.writeAll(this.platform.start(work.invocation.requestId));
  }

  timeout(message: string): void {
    this.write(timeoutLine(this.isoTime(), message));
  }

  finish(report: Report): void {
    this.writeAll(this.platform.finish(report));
    this.work = undefined;
    if (this.subscriptions?.isHeard) tellFinished(this.subscriptions, this.isoTime(), this.spec, report);
  }

  /** Tells extensions of what is written from now on. */
  tell(subscriptions: Subscriptions): void {
    this.subscriptions = subscriptions;
  }

  /** Takes what an extension writes. */
  readExtension(child: Child): void {
    this.readLines(child, "extension");
  }

  /** Takes what the function's process writes; what it gives back takes a last line without an end. */
  readFunction(child: Child): () => void {
    const flush = this.readLines(child, "function");
    child.telemetry.on(
      "data",
      frameReader((message) => this.write(message, "function")),
    );
    return flush;
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
      this.subscriptions.publish(source, this.isoTime(), source, message);
    this.host.log(this.spec, this.stream, { timestamp: this.host.clock.now(), message });
  }
}
