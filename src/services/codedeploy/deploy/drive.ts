import { assumeRole } from "../../../kernel/assumeRole.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import { groupArn } from "../arns.ts";
import { stepsOf } from "../configs.ts";
import { type DeploymentRecord, type EventName, type Failure, isActive } from "../records.ts";
import type { Room } from "../room.ts";
import { checkAlarms } from "./alarms.ts";
import { Ended } from "./ended.ts";
import { runHook } from "./hook.ts";
import { complete, current, enter, leave, type Outcome, save, start } from "./ledger.ts";
import { pause } from "./pause.ts";
import type { Work } from "./work.ts";

/** Takes up the deployments that a crash left. */
export const resumeDeployments = (room: Room): void => {
  for (const { value } of room.deployments.range()) if (isActive(value)) drive(room, value.id);
};

/** Carries a deployment to its end, from wherever it stands. */
export const drive = (room: Room, id: string): void =>
  room.deps.tasks.spawn(`deployment ${id}`, async (signal) => {
    const outcome = await outcomeOf(room, id, signal);
    const rollback = complete(room, id, outcome);
    if (rollback) drive(room, rollback.id);
  });

const outcomeOf = async (room: Room, id: string, signal: AbortSignal): Promise<Outcome> => {
  try {
    await run(room, id, signal);
    return { status: "Succeeded" };
  } catch (error) {
    // The cloud stops: the deployment goes on when it is back.
    if (signal.aborted) throw error;
    if (error instanceof Ended) return { status: error.status, error: error.failure };
    return { status: "Failed", error: { code: failureCode(error), message: errorMessage(error) } };
  }
};

/** What AWS refuses the deployment's calls is the deployment's failure. */
const failureCode = (error: unknown): Failure["code"] => {
  const code = errorCode(error);
  if (/AccessDenied/.test(code)) return "IAM_ROLE_PERMISSIONS";
  if (code === "NoSuchEntity") return "IAM_ROLE_MISSING";
  return code === "ResourceNotFoundException" ? "INVALID_LAMBDA_FUNCTION" : "INTERNAL_ERROR";
};

const run = async (room: Room, id: string, signal: AbortSignal): Promise<void> => {
  const deployment = start(room, id);
  const ctx = await underRole(room, deployment);
  if (deployment.shiftingSince === undefined) await checkVersions(ctx, deployment);
  const work = { room, ctx, id, signal };
  await checkAlarms(work);
  await stage(work, "BeforeAllowTraffic", () => runHook(work, "BeforeAllowTraffic"));
  await stage(work, "AllowTraffic", () => shift(work));
  await stage(work, "AfterAllowTraffic", () => runHook(work, "AfterAllowTraffic"));
};

const underRole = async (room: Room, deployment: DeploymentRecord): Promise<Context> => {
  const { account } = room.deps;
  const group = room.groups.get([deployment.application, deployment.group]);
  if (!group) {
    throw new Ended("Failed", {
      code: "DEPLOYMENT_GROUP_MISSING",
      message: `The deployment group ${deployment.group} is gone.`,
    });
  }
  const service = "codedeploy.amazonaws.com";
  const sourceArn = groupArn(room.deps, deployment.application, deployment.group);
  const self = room.deps.contextAs({ kind: "service", account, service, sourceArn });
  return assumeRole(self, { service, sourceArn }, group.serviceRoleArn, deployment.id);
};

/** AWS: a deployment starts from the version that its AppSpec names as the current one. */
const checkVersions = async (ctx: Context, { appSpec, rollsBack }: DeploymentRecord): Promise<void> => {
  const { functionName, alias, currentVersion } = appSpec;
  const { FunctionVersion } = await ctx.call("lambda", "GetAlias", { FunctionName: functionName, Name: alias });
  if (rollsBack !== undefined || FunctionVersion === currentVersion) return;
  throw new Ended("Failed", {
    code: "INVALID_LAMBDA_CONFIGURATION",
    message: `The alias ${alias} of ${functionName} points to version ${FunctionVersion}, and the AppSpec's CurrentVersion is ${currentVersion}.`,
  });
};

/** One lifecycle event; one that ended before a crash is not gone through again. */
const stage = async ({ room, id }: Work, name: EventName, body: () => Promise<void>): Promise<void> => {
  if (!enter(room, id, name)) return;
  try {
    await body();
    leave(room, id, name, "Succeeded");
  } catch (error) {
    if (isActive(current(room, id))) leave(room, id, name, "Failed", errorMessage(error));
    throw error;
  }
};

const shift = async (work: Work): Promise<void> => {
  const { room, ctx, id } = work;
  for (const { afterMs, weight } of stepsOf(current(room, id).routing)) {
    const { shiftingSince, weight: reached } = current(room, id);
    if (weight <= reached) continue;
    await pause(work, (shiftingSince ?? room.deps.clock.now()) + afterMs);
    // What is written before the call is done again after a crash; moving an alias twice is moving it once.
    save(room, { ...current(room, id), shiftingSince: shiftingSince ?? room.deps.clock.now() });
    await ctx.call("lambda", "UpdateAlias", aliasInput(current(room, id), weight));
    save(room, { ...current(room, id), weight });
  }
};

const WHOLE = 100;

const aliasInput = ({ appSpec }: DeploymentRecord, weight: number) => {
  const { functionName, alias, currentVersion, targetVersion } = appSpec;
  const AdditionalVersionWeights: Record<string, number> = weight === WHOLE ? {} : { [targetVersion]: weight / WHOLE };
  return {
    FunctionName: functionName,
    Name: alias,
    FunctionVersion: weight === WHOLE ? targetVersion : currentVersion,
    RoutingConfig: { AdditionalVersionWeights },
  };
};
