import { known } from "../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { HeartbeatMissed, StateFailure } from "./failure.ts";
import { argumentsOf, evaluateIn, numberSetting, type Standing } from "./flow.ts";
import type { Run, TaskRecord, TaskWork } from "./model.ts";
import { threadOf } from "./scope.ts";
import { fillTemplate } from "./template.ts";
import { objectOf, textOf } from "./values.ts";

/** Runs a Task state, or goes on with one that a crash left, and answers its result. */
export const runTask = async (run: Run, id: string, at: Standing, signal: AbortSignal): Promise<JsonValue> => {
  if (!threadOf(run, id).task) await schedule(run, id, at);
  await run.ledger.committed();
  const task = known(threadOf(run, id).task, `the task of ${id}`);
  const events = eventsOf(task.resource);
  try {
    const result = await withinTime(run, task, signal, (until) => run.runTask(workOf(run, id, task, until)));
    close(run, id, events.type("Succeeded"), {
      ...events.names,
      output: JSON.stringify(result),
      outputDetails: { truncated: false },
    });
    return result;
  } catch (error) {
    if (signal.aborted || !(error instanceof StateFailure)) throw error;
    close(run, id, events.type(error.error === "States.Timeout" ? "TimedOut" : "Failed"), {
      ...events.names,
      error: error.error,
      ...(error.reason === undefined ? {} : { cause: error.reason }),
    });
    throw error;
  }
};

/** Freezes what the task is given, so that one taken up again is the same task. */
const schedule = async (run: Run, id: string, at: Standing): Promise<void> => {
  const token = run.newToken(threadOf(run, id));
  const resource = textOf(at.state, "Resource") ?? "";
  // AWS: only a task that somebody else ends is told its token.
  const hasToken = resource.endsWith(".waitForTaskToken") || resource.includes(":activity:");
  const withToken = hasToken ? { ...at, context: { ...at.context, Task: { Token: token } } } : at;
  const [args, roleArn] = [await argumentsOf(withToken), await roleOf(at)];
  const [timeout, heartbeat] = [await numberSetting(at, "TimeoutSeconds"), await numberSetting(at, "HeartbeatSeconds")];
  const { type, names, given } = eventsOf(resource);
  const times = {
    ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
    ...(heartbeat === undefined || names["resourceType"] === undefined ? {} : { heartbeatInSeconds: heartbeat }),
    ...(roleArn === undefined ? {} : { taskCredentials: { roleArn } }),
  };
  const region = names["resourceType"] === undefined ? {} : { region: run.region };
  run.ledger.atomically(() => {
    const thread = threadOf(run, id);
    const details = { ...names, ...region, ...given(args), ...times };
    const lastEvent = run.ledger.append(type("Scheduled"), thread.lastEvent, details);
    const task: TaskRecord = {
      token,
      args,
      resource,
      scheduledAt: run.clock.now(),
      ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
      ...(heartbeat === undefined ? {} : { heartbeatSeconds: heartbeat }),
      ...(roleArn === undefined ? {} : { roleArn }),
    };
    const { retryAt: _over, ...rest } = thread;
    run.ledger.save({ ...rest, lastEvent, task });
  });
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html */
const roleOf = async (at: Standing): Promise<string | undefined> => {
  const credentials = objectOf(at.state, "Credentials");
  if (!credentials) return undefined;
  const scope = { input: at.input, context: at.context, variables: at.variables };
  const filled = at.isJsonata
    ? await evaluateIn(at, credentials, "Credentials")
    : fillTemplate(credentials, scope, at.chance);
  return isJsonObject(filled) ? textOf(filled, "RoleArn") : undefined;
};

const workOf = (run: Run, id: string, task: TaskRecord, signal: AbortSignal): TaskWork => {
  const { type, names } = eventsOf(task.resource);
  return {
    resource: task.resource,
    args: task.args,
    token: task.token,
    roleArn: task.roleArn,
    external: task.external,
    signal,
    started: (details = {}) => {
      if (threadOf(run, id).task?.isStarted) return;
      update(run, id, type("Started"), { ...names, ...details }, { isStarted: true });
    },
    submitted: async (output, external) => {
      const details = { ...names, output: JSON.stringify(output), outputDetails: { truncated: false } };
      update(run, id, type("Submitted"), details, { external });
      await run.ledger.committed();
    },
  };
};

const update = (run: Run, id: string, type: string, details: JsonObject, changes: Partial<TaskRecord>): void =>
  run.ledger.atomically(() => {
    const thread = threadOf(run, id);
    if (!thread.task) return;
    const lastEvent = run.ledger.append(type, thread.lastEvent, details);
    run.ledger.save({ ...thread, lastEvent, task: { ...thread.task, ...changes } });
  });

const close = (run: Run, id: string, type: string, details: JsonObject): void =>
  run.ledger.atomically(() => {
    const thread = threadOf(run, id);
    if (thread.task) run.forget(thread.task.token);
    run.ledger.save({ ...thread, lastEvent: run.ledger.append(type, thread.lastEvent, details) });
  });

/** Does work until it ends, or until the task's time or its worker's next sign is overdue. */
const withinTime = async (
  run: Run,
  task: TaskRecord,
  signal: AbortSignal,
  work: (until: AbortSignal) => Promise<JsonValue>,
): Promise<JsonValue> => {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  try {
    return await Promise.race([work(until), ...(isTimed(task) ? [overdue(run, task, until)] : [])]);
  } finally {
    over.abort();
  }
};

const isTimed = ({ timeoutSeconds, heartbeatSeconds }: TaskRecord): boolean =>
  timeoutSeconds !== undefined || heartbeatSeconds !== undefined;

const overdue = async (run: Run, task: TaskRecord, signal: AbortSignal): Promise<never> => {
  const { timeoutSeconds = Number.POSITIVE_INFINITY, heartbeatSeconds = Number.POSITIVE_INFINITY } = task;
  for (;;) {
    const late = task.scheduledAt + timeoutSeconds * 1000;
    const silent = (run.lastBeat(task.token) ?? task.scheduledAt) + heartbeatSeconds * 1000;
    const now = run.clock.now();
    if (now >= late) throw new StateFailure("States.Timeout");
    if (now >= silent) throw new HeartbeatMissed();
    await run.clock.sleep(Math.min(late, silent) - now, signal);
  }
};

interface TaskEvents {
  readonly type: (what: string) => string;
  readonly names: JsonObject;
  readonly given: (args: JsonValue) => JsonObject;
}

/** Functions and activities have event types of their own. */
const eventsOf = (resource: string): TaskEvents => {
  const [, , service, , , kind = "", ...rest] = resource.split(":");
  const input = (args: JsonValue) => ({ input: JSON.stringify(args), inputDetails: { truncated: false } });
  if (service === "lambda") return named("LambdaFunction", resource, input);
  if (kind === "activity") return named("Activity", resource, input);
  const names = { resourceType: [kind, ...rest.slice(0, -1)].join(":"), resource: rest.at(-1) ?? "" };
  return { type: (what) => `Task${what}`, names, given: (args) => ({ parameters: JSON.stringify(args) }) };
};

const named = (prefix: string, resource: string, input: TaskEvents["given"]): TaskEvents => ({
  type: (what) => `${prefix}${what}`,
  names: {},
  given: (args) => ({ resource, ...input(args) }),
});
