import type { Outcome } from "../../../engines/pipeline/model.ts";
import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { known } from "../../../kernel/errors.ts";
import { POLL_MS } from "../limits.ts";
import type { Job, Provide } from "./provider.ts";

const MINUTE_MS = 60_000;

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-LambdaDeploy.html */
export const lambdaDeploy: Provide = async (job) => {
  const { run, configuration } = job;
  const { FunctionAlias, FunctionName = "" } = configuration;
  const shift = run.external ? shiftOf(run.external.id) : await begin(job);
  if (FunctionAlias && shift.from !== shift.to) {
    const failed = await shiftTraffic(job, FunctionAlias, shift);
    if (failed) return failed;
  }
  return {
    status: "Succeeded",
    summary: `Deployed version ${shift.to} of ${FunctionName}`,
    variables: { FunctionVersion: shift.to },
  };
};

/** The version that an alias leads to, and the one it is to lead to. */
interface Shift {
  readonly from: string;
  readonly to: string;
}

const shiftOf = (id: string): Shift => {
  const [from = "", to = ""] = id.split(">");
  return { from, to };
};

const begin = async (job: Job): Promise<Shift> => {
  const { ctx, configuration, began } = job;
  const { FunctionName = "", FunctionAlias } = configuration;
  strategyOf(job);
  const alias = FunctionAlias
    ? await ctx.call("lambda", "GetAlias", { FunctionName, Name: FunctionAlias })
    : { FunctionVersion: "", RoutingConfig: undefined };
  if (Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0)
    throw new ActionFailure("ConfigurationError", `The alias ${FunctionAlias} must have one version behind it.`);
  const to = await publishedVersion(job);
  const url = `https://console.aws.amazon.com/lambda/home?region=${ctx.region}#/functions/${FunctionName}/versions/${to}`;
  began({ id: `${alias.FunctionVersion ?? ""}>${to}`, url });
  return { from: alias.FunctionVersion ?? "", to };
};

/** The version that the action names, or a new one of the code in its input artifact. */
const publishedVersion = async ({ ctx, configuration, inputs }: Job): Promise<string> => {
  const { FunctionName = "", PublishedTargetVersion } = configuration;
  if (PublishedTargetVersion) {
    const { Version } = await ctx.call("lambda", "GetFunctionConfiguration", {
      FunctionName,
      Qualifier: PublishedTargetVersion,
    });
    return known(Version, "the function's version");
  }
  const [input] = inputs;
  if (!input)
    throw new ActionFailure(
      "ConfigurationError",
      "PublishedTargetVersion is required if no input artifact is provided.",
    );
  const { Version } = await ctx.call("lambda", "UpdateFunctionCode", {
    FunctionName,
    S3Bucket: input.bucket,
    S3Key: input.key,
    Publish: true,
  });
  return known(Version, "the function's new version");
};

/** Which part of the traffic the new version gets after so long; 1 is all of it. */
type Strategy = (elapsedMs: number) => { readonly weight: number; readonly nextMs: number };

const strategyOf = ({ configuration }: Job): Strategy => {
  const { DeployStrategy = "AllAtOnce" } = configuration;
  const [, kind, percent, minutes] = /^(Canary|Linear)(\d+)Percent(?:Every)?(\d+)Minutes?$/.exec(DeployStrategy) ?? [];
  const share = Number(percent) / 100;
  const intervalMs = Number(minutes) * MINUTE_MS;
  if (DeployStrategy === "AllAtOnce") return () => ({ weight: 1, nextMs: 0 });
  if (!(share > 0 && share < 1 && intervalMs > 0))
    throw new ActionFailure("ConfigurationError", `Unknown deploy strategy ${DeployStrategy}`);
  if (kind === "Canary")
    return (elapsed) => ({ weight: elapsed < intervalMs ? share : 1, nextMs: intervalMs - elapsed });
  return (elapsed) => {
    const steps = Math.floor(elapsed / intervalMs) + 1;
    return { weight: Math.min(1, share * steps), nextMs: steps * intervalMs - elapsed };
  };
};

/** Shifts traffic as time passes. An alarm brings it back, and is why the action fails. */
const shiftTraffic = async (job: Job, alias: string, { from, to }: Shift): Promise<Outcome | undefined> => {
  const { room, run, signal } = job;
  const strategy = strategyOf(job);
  let given = 0;
  while (true) {
    const alarm = await alarmOf(job);
    if (alarm !== undefined) {
      await pointAlias(job, alias, from, undefined);
      const message = `Alarm ${alarm} is in the state ALARM; traffic is back at version ${from}.`;
      return { status: "Failed", summary: message, error: { code: "JobFailed", message } };
    }
    const { weight, nextMs } = strategy(room.clock.now() - run.startedAt);
    if (weight >= 1) break;
    if (weight !== given) await pointAlias(job, alias, from, { [to]: weight });
    given = weight;
    await room.clock.sleep(Math.min(nextMs, POLL_MS), signal);
  }
  await pointAlias(job, alias, to, undefined);
  return undefined;
};

const pointAlias = (
  { ctx, configuration }: Job,
  Name: string,
  FunctionVersion: string,
  weights: Record<string, number> | undefined,
) =>
  ctx.call("lambda", "UpdateAlias", {
    FunctionName: configuration["FunctionName"],
    Name,
    FunctionVersion,
    RoutingConfig: { AdditionalVersionWeights: weights ?? {} },
  });

const alarmOf = async ({ ctx, configuration }: Job): Promise<string | undefined> => {
  const names = (configuration["Alarms"] ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 0) return undefined;
  const { MetricAlarms = [], CompositeAlarms = [] } = await ctx.call("cloudwatch", "DescribeAlarms", {
    AlarmNames: names,
    AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
    StateValue: "ALARM",
  });
  return [...MetricAlarms, ...CompositeAlarms][0]?.AlarmName;
};
