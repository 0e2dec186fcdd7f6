import type { Context } from "../../../kernel/context.ts";
import { errorMessage, isRefusal } from "../../../kernel/errors.ts";
import { stepsOf } from "../configs.ts";
import { type AppSpec, type DeploymentRecord, type EventName, type GroupRecord, isActive } from "../records.ts";
import { serviceRole } from "../role.ts";
import type { Room } from "../room.ts";
import { checkAlarms } from "./alarms.ts";
import { Ended, endedBy, misconfigured, missing } from "./ended.ts";
import { runHook } from "./hook.ts";
import { complete, current, enter, leave, type Outcome, save, start } from "./ledger.ts";
import { pause } from "./pause.ts";
import { appSpecOf } from "./revision.ts";
import { tellTrace, traceWithin } from "./traces.ts";
import type { Work } from "./work.ts";

/** Takes up the deployments that a crash left. */
export const resumeDeployments = (room: Room): void => {
  for (const { value } of room.deployments.range()) if (isActive(value)) drive(room, value.id);
};

/** Carries a deployment to its end, from wherever it stands. */
export const drive = (room: Room, id: string): void =>
  room.deps.tasks.spawn(`deployment ${id}`, async (signal) => {
    tellTrace(room, current(room, id));
    const outcome = await outcomeOf(room, id, signal);
    const rollback = complete(room, id, outcome);
    tellTrace(room, current(room, id));
    if (rollback) drive(room, rollback.id);
  });

const outcomeOf = async (room: Room, id: string, signal: AbortSignal): Promise<Outcome> => {
  const deployment = current(room, id);
  const group = room.groups.get([deployment.application, deployment.group]);
  if (!group || deployment.deleted) {
    const { status, failure } = missing(deployment);
    return { status, error: failure };
  }
  try {
    await run(room, id, group, signal);
    return { status: "Succeeded" };
  } catch (error) {
    // The cloud stops: the deployment goes on when it is back.
    if (signal.aborted) throw error;
    const { status, failure } = endedBy(error, group.serviceRoleArn);
    return { status, error: failure };
  }
};

const run = async (room: Room, id: string, group: GroupRecord, signal: AbortSignal): Promise<void> => {
  const deployment = start(room, id);
  const ctx = await underRole(room, group, deployment);
  if (deployment.platform === "Server") throw noInstances();
  const appSpec = await appSpecOf(room, ctx, deployment);
  if (deployment.shiftingSince === undefined) await checkVersions(ctx, appSpec, deployment.rollsBack !== undefined);
  const work = { room, ctx, id, appSpec, signal };
  await checkAlarms(work);
  await stage(work, "BeforeAllowTraffic", () => runHook(work, "BeforeAllowTraffic"));
  await stage(work, "AllowTraffic", () => shift(work));
  await stage(work, "AfterAllowTraffic", () => runHook(work, "AfterAllowTraffic"));
};

const underRole = async (room: Room, group: GroupRecord, deployment: DeploymentRecord): Promise<Context> => {
  try {
    return await serviceRole(room, group, deployment.id, traceWithin(deployment));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const message = `IAM Role is missing for deployment group: ${group.name}. ${errorMessage(error)}`;
    throw new Ended("Failed", { code: "IAM_ROLE_MISSING", message });
  }
};

/** AWS: what a group without instances ends in; this cloud has none. */
const noInstances = (): Ended =>
  new Ended("Failed", {
    code: "NO_INSTANCES",
    message:
      "The deployment failed because no instances were found for your deployment group. Check your deployment group settings to make sure the tags for your Amazon EC2 instances or Auto Scaling groups correctly identify the instances you want to deploy to, and then try again.",
  });

/** AWS: a deployment starts from the version that its AppSpec names as the current one; a rollback from wherever the alias is. */
const checkVersions = async (ctx: Context, appSpec: AppSpec, anywhere: boolean): Promise<void> => {
  const { functionName, alias, currentVersion } = appSpec;
  const { FunctionVersion } = await ctx.call("lambda", "GetAlias", { FunctionName: functionName, Name: alias });
  if (anywhere || FunctionVersion === currentVersion) return;
  throw misconfigured("The Lambda function alias version does not match the current version in AppSpec file.");
};

/** One lifecycle event; one that ended before a crash is not gone through again. */
const stage = async ({ room, id, signal }: Work, name: EventName, body: () => Promise<void>): Promise<void> => {
  if (!enter(room, id, name)) return;
  try {
    await body();
    leave(room, id, name, "Succeeded");
  } catch (error) {
    // The cloud stops in the middle of it: the next process goes on there.
    if (signal.aborted) throw error;
    const told = error instanceof Ended ? error.event : undefined;
    const failure = told ?? { code: "UnknownError" as const, message: errorMessage(error) };
    if (isActive(current(room, id))) leave(room, id, name, "Failed", failure);
    throw error;
  }
};

const shift = async (work: Work): Promise<void> => {
  const { room, ctx, id, appSpec } = work;
  for (const { afterMs, weight } of stepsOf(current(room, id).routing ?? { type: "AllAtOnce" })) {
    const { shiftingSince, weight: reached } = current(room, id);
    if (weight <= reached) continue;
    await pause(work, (shiftingSince ?? room.deps.clock.now()) + afterMs);
    // What is written before the call is done again after a crash; moving an alias twice is moving it once.
    save(room, { ...current(room, id), shiftingSince: shiftingSince ?? room.deps.clock.now() });
    await ctx.call("lambda", "UpdateAlias", aliasInput(appSpec, weight));
    save(room, { ...current(room, id), weight });
  }
};

const WHOLE = 100;

const aliasInput = ({ functionName, alias, currentVersion, targetVersion }: AppSpec, weight: number) => {
  const AdditionalVersionWeights: Record<string, number> = weight === WHOLE ? {} : { [targetVersion]: weight / WHOLE };
  return {
    FunctionName: functionName,
    Name: alias,
    FunctionVersion: weight === WHOLE ? targetVersion : currentVersion,
    RoutingConfig: { AdditionalVersionWeights },
  };
};
