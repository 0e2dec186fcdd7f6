import { StateFailure } from "../../../engines/states/failure.ts";
import type { TaskWork } from "../../../engines/states/model.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { Context } from "../../../kernel/context.ts";
import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { Room } from "../room.ts";
import { awaitToken, offer } from "./callback.ts";
import { asFailure } from "./failures.ts";
import { FUNCTIONS, integrationOf } from "./integration.ts";
import { invokeFunction } from "./lambda.ts";
import type { Integration, TaskPlace } from "./model.ts";
import { sdkMetadata } from "./sdkMetadata.ts";

type ContextOf = (roleArn: string | undefined) => Promise<Context>;

/** Does what a Task state's resource says, under the machine's role. */
export const taskRunner =
  (room: Room, machineArn: string, contextOf: ContextOf) =>
  async (work: TaskWork): Promise<JsonValue> => {
    const { service } = parseArn(work.resource) ?? {};
    if (work.resource.includes(":activity:")) return runActivity(room, work);
    const ctx = await contextOf(work.roleArn);
    try {
      if (service === "lambda") return await runFunction(ctx, work);
      return await runIntegration({ room, machineArn, signal: work.signal }, ctx, work, integrationOf(work.resource));
    } catch (error) {
      if (work.signal.aborted || error instanceof StateFailure) throw error;
      throw asFailure(room.deps.ids, error, service === "lambda" ? FUNCTIONS : integrationOf(work.resource));
    }
  };

const runFunction = async (ctx: Context, work: TaskWork): Promise<JsonValue> => {
  work.started();
  return (await invokeFunction(ctx, { FunctionName: work.resource }, work.args)).payload;
};

const runActivity = async (room: Room, work: TaskWork): Promise<JsonValue> => {
  const name = (parseArn(work.resource)?.resource ?? "").replace(/^activity:/, "");
  if (!room.activities.has(name))
    throw new StateFailure("States.Runtime", `The activity ${work.resource} does not exist.`);
  offer(room, work, name);
  return awaitToken(room, work);
};

const runIntegration = async (
  place: TaskPlace,
  ctx: Context,
  work: TaskWork,
  integration: Integration,
): Promise<JsonValue> => {
  work.started();
  const { room } = place;
  const { pattern, client, wait } = integration;
  const call = async () => {
    const result = await integration.call(ctx, work.args, place);
    return client !== undefined && isJsonObject(result) ? { ...result, ...sdkMetadata(room.deps, result) } : result;
  };
  if (pattern === "waitForTaskToken") {
    offer(room, work);
    if (work.external === undefined) {
      const answer = await call();
      await work.submitted(answer, true);
    }
    return awaitToken(room, work);
  }
  if (pattern === undefined) return call();
  let { external } = work;
  if (external === undefined) {
    external = await call();
    await work.submitted(external, external);
  }
  return wait(room, ctx, external, work.signal);
};
