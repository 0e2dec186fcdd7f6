import type { IncomingMessage, ServerResponse } from "node:http";
import { parseArn } from "../../kernel/arn.ts";
import type { Ids } from "../../kernel/ids.ts";
import { isJsonObject } from "../../kernel/json.ts";
import type { Child } from "./childProcess.ts";
import { EXTERNAL_GRACE_MS, INTERNAL_GRACE_MS, MAX_EXTENSIONS, SHUTDOWN_MS } from "./limits.ts";
import { readJson, sendJson } from "./runtimeHttp.ts";
import type { FunctionSpec } from "./spec.ts";
import { Subscriptions } from "./subscriptions.ts";

/** What the owner of extensions hears of them. */
export interface ExtensionListener {
  /** All that there are wait for their next event. */
  ready(): void;
  /** One could not start, or gave up; `errorType` is what Lambda calls it. */
  failed(errorType: string, message: string): void;
  now(): string;
}

/** An event extensions are told of. */
interface ExtensionEvent {
  readonly eventType: "INVOKE" | "SHUTDOWN";
  readonly deadlineMs: number;
  readonly [more: string]: unknown;
}

interface Extension {
  readonly id: string;
  readonly name: string;
  readonly isExternal: boolean;
  readonly events: ReadonlySet<string>;
  /** Answers its wait for an event. */
  next: ((event: ExtensionEvent) => void) | undefined;
}

/** The extensions of one environment. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html */
export class Extensions {
  readonly telemetry: Subscriptions;
  private readonly spec: FunctionSpec;
  private readonly ids: Ids;
  private readonly listener: ExtensionListener;
  private readonly children = new Map<string, Child>();
  private readonly registered = new Map<string, Extension>();
  private whenRegistered = () => {};
  private closing = false;
  private initialised = false;

  constructor(spec: FunctionSpec, ids: Ids, listener: ExtensionListener) {
    this.spec = spec;
    this.ids = ids;
    this.listener = listener;
    this.telemetry = new Subscriptions();
  }

  /** Takes in started external extensions; resolves when every one of them has registered, or failed. */
  launched(children: ReadonlyMap<string, Child>): Promise<void> {
    for (const [name, child] of children) {
      this.children.set(name, child);
      void child.ended.then(({ code, signal }) => {
        this.children.delete(name);
        if (this.closing) return;
        this.listener.failed("Extension.Crash", signal ? `signal: ${signal}` : `exit status ${code}`);
        this.whenRegistered();
      });
    }
    return new Promise((resolve) => {
      this.whenRegistered = () => {
        const names = [...this.registered.values()].map(({ name }) => name);
        if (this.closing || [...this.children.keys()].every((name) => names.includes(name))) resolve();
      };
      this.whenRegistered();
    });
  }

  /** How long the function's own process has for its farewell; none where there are no extensions. */
  get graceMs(): number {
    const all = [...this.registered.values()];
    if (all.length === 0) return 0;
    return all.some(({ isExternal }) => isExternal) ? EXTERNAL_GRACE_MS : INTERNAL_GRACE_MS;
  }

  /** Whether all of them wait for an event. */
  get areReady(): boolean {
    return [...this.registered.values()].every(({ next }) => next) && this.registered.size >= this.children.size;
  }

  invoke(event: Omit<ExtensionEvent, "eventType">): void {
    this.initialised = true;
    this.tell({ ...event, deadlineMs: Number(event["deadlineMs"]), eventType: "INVOKE" });
  }

  /** Stands external extensions still with their environment, or lets them go on. */
  freeze(frozen: boolean): void {
    for (const child of this.children.values()) child.freeze(frozen);
  }

  /** Says that the environment ends, gives those who asked to hear of it a moment, and ends them. */
  async shutdown(reason: string, nowMs: number): Promise<void> {
    this.closing = true;
    this.freeze(false);
    this.whenRegistered();
    const told = this.tell({ eventType: "SHUTDOWN", shutdownReason: reason, deadlineMs: nowMs + SHUTDOWN_MS });
    const ended = Promise.all([...this.children.values()].map((child) => child.ended));
    if (told) await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, SHUTDOWN_MS).unref())]);
    for (const child of this.children.values()) child.kill();
    await ended;
  }

  /** Answers a request under `/2020-01-01/extension/`, or to the Telemetry or Logs API. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = "" } = request;
    const path = url.split("?")[0];
    if (method === "POST" && path === "/2020-01-01/extension/register") return this.register(request, response);
    const extension = this.registered.get(String(request.headers["lambda-extension-identifier"]));
    if (!extension) {
      request.resume();
      return sendJson(response, 403, {
        errorMessage: "Unknown extension identifier",
        errorType: "Extension.UnknownExtensionIdentifier",
      });
    }
    if (method === "GET" && path === "/2020-01-01/extension/event/next") return this.next(extension, response);
    if (method === "PUT" && (path === "/2022-07-01/telemetry" || path === "/2020-08-15/logs")) {
      return this.telemetry.subscribe(request, response, extension.name, this.listener.now());
    }
    if (method === "POST" && /^\/2020-01-01\/extension\/(init|exit)\/error$/.test(path ?? "")) {
      return this.reported(request, response);
    }
    request.resume();
    sendJson(response, 404, {
      errorMessage: `${method} ${path} is not part of the extensions API`,
      errorType: "NotFound",
    });
  }

  private async register(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = String(request.headers["lambda-extension-name"] ?? "");
    const body = await readJson(request);
    const asked = isJsonObject(body) && Array.isArray(body["events"]) ? body["events"].map(String) : [];
    const isExternal = this.children.has(name);
    const refuse = (status: number, errorType: string, errorMessage: string) =>
      sendJson(response, status, { errorMessage, errorType });
    if (name === "") return refuse(400, "Extension.InvalidExtensionName", "The extension has no name");
    if (this.initialised) return refuse(403, "Extension.RegistrationClosed", "Extensions register while they start");
    if (this.registered.size >= MAX_EXTENSIONS) {
      return refuse(403, "Extension.TooManyExtensions", `There are ${MAX_EXTENSIONS} extensions already`);
    }
    const unknown = asked.find((event) => event !== "INVOKE" && (event !== "SHUTDOWN" || !isExternal));
    if (unknown !== undefined) {
      return refuse(
        400,
        isExternal ? "Extension.InvalidEventType" : "ShutdownEventNotSupportedForInternalExtension",
        `${unknown} is no event for ${name}`,
      );
    }
    const extension = { id: this.ids.uuid(), name, isExternal, events: new Set(asked), next: undefined };
    this.registered.set(extension.id, extension);
    response.setHeader("Lambda-Extension-Identifier", extension.id);
    const { functionName, version: functionVersion, handler } = this.spec;
    const features = String(request.headers["lambda-extension-accept-feature"] ?? "").split(",");
    const isAsked = features.some((feature) => feature.trim() === "accountId");
    const account = isAsked ? { accountId: parseArn(this.spec.roleArn)?.account } : {};
    sendJson(response, 200, { functionName, functionVersion, handler, ...account });
    const record = { name, state: "Ready", events: asked };
    this.telemetry.publish("platform", { time: this.listener.now(), type: "platform.extension", record });
    this.whenRegistered();
  }

  private next(extension: Extension, response: ServerResponse): void {
    extension.next = (event) => {
      response.setHeader("Lambda-Extension-Event-Identifier", this.ids.uuid());
      sendJson(response, 200, event);
    };
    if (this.areReady) this.listener.ready();
  }

  private async reported(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const errorType = String(request.headers["lambda-extension-function-error-type"] ?? "Extension.Unknown");
    const body = await readJson(request);
    sendJson(response, 202, { status: "OK" });
    const message = isJsonObject(body) ? String(body["errorMessage"] ?? errorType) : errorType;
    this.listener.failed(errorType, message);
  }

  /** Hands an event to those who asked for its kind; says whether there was anybody. */
  private tell(event: ExtensionEvent): boolean {
    let told = false;
    for (const extension of this.registered.values()) {
      if (!extension.events.has(event.eventType) || !extension.next) continue;
      const { next } = extension;
      extension.next = undefined;
      next(event);
      told = true;
    }
    return told;
  }
}
