import { call, type Output } from "../../api/call.ts";
import type { MetricAlarm } from "../alarms/alarms.ts";
import { loadRollouts } from "../home/attention.ts";

export type Deployment = NonNullable<Output<"codedeploy", "GetDeployment">["deploymentInfo"]>;
export type Target = NonNullable<
  NonNullable<Output<"codedeploy", "GetDeploymentTarget">["deploymentTarget"]>["lambdaTarget"]
>;
type Routing = NonNullable<
  NonNullable<Output<"codedeploy", "GetDeploymentConfig">["deploymentConfigInfo"]>["trafficRoutingConfig"]
>;

export interface Rollout {
  readonly deployment: Deployment;
  readonly targets: readonly Target[];
  readonly routing: Routing | undefined;
  readonly alarms: readonly MetricAlarm[];
  /** The function that each hook calls, by the hook's name. */
  readonly hooks: Readonly<Record<string, string>>;
}

export const rolloutOf = async (deploymentId: string): Promise<Rollout> => {
  const { deploymentInfo: deployment = {} } = await call("codedeploy", "GetDeployment", { deploymentId });
  const { targetIds = [] } = await call("codedeploy", "ListDeploymentTargets", { deploymentId });
  const [found, config, group] = await Promise.all([
    targetIds.length === 0
      ? { deploymentTargets: [] }
      : call("codedeploy", "BatchGetDeploymentTargets", { deploymentId, targetIds }),
    deployment.deploymentConfigName
      ? call("codedeploy", "GetDeploymentConfig", { deploymentConfigName: deployment.deploymentConfigName })
      : { deploymentConfigInfo: undefined },
    call("codedeploy", "GetDeploymentGroup", {
      applicationName: deployment.applicationName ?? "",
      deploymentGroupName: deployment.deploymentGroupName ?? "",
    }).catch(() => ({ deploymentGroupInfo: undefined })),
  ]);
  const watched = (group.deploymentGroupInfo?.alarmConfiguration?.alarms ?? []).flatMap(({ name }) => name ?? []);
  const targets = (found.deploymentTargets ?? []).flatMap(({ lambdaTarget }) => lambdaTarget ?? []);
  return {
    deployment,
    targets: await Promise.all(targets.map(asItStands)),
    routing: config.deploymentConfigInfo?.trafficRoutingConfig,
    alarms: await alarmsNamed(watched),
    hooks: hooksOf(deployment),
  };
};

const alarmsNamed = async (AlarmNames: readonly string[]): Promise<readonly MetricAlarm[]> =>
  AlarmNames.length === 0
    ? []
    : ((await call("cloudwatch", "DescribeAlarms", { AlarmNames: [...AlarmNames] })).MetricAlarms ?? []);

/** CodeDeploy keeps the weight that a failed rollout had reached; its alias says whether it was taken back. */
const asItStands = async (target: Target): Promise<Target> => {
  const { functionName, functionAlias, targetVersion = "", targetVersionWeight } = target.lambdaFunctionInfo ?? {};
  const broken = target.status === "Failed" || target.status === "Skipped";
  if (!broken || !targetVersionWeight || !functionName || !functionAlias) return target;
  // A function that is gone by now has nothing to tell.
  const { Aliases = [] } = await call("lambda", "ListAliases", { FunctionName: functionName }).catch(() => ({
    Aliases: [],
  }));
  const alias = Aliases.find(({ Name }) => Name === functionAlias);
  const versions = [alias?.FunctionVersion, ...Object.keys(alias?.RoutingConfig?.AdditionalVersionWeights ?? {})];
  if (versions.includes(targetVersion)) return target;
  return { ...target, lambdaFunctionInfo: { ...target.lambdaFunctionInfo, targetVersionWeight: 0 } };
};

/** CloudFormation gives its AppSpec as JSON; of one in YAML the hooks' functions are not told. */
const hooksOf = ({ revision }: Deployment): Readonly<Record<string, string>> => {
  const content = revision?.appSpecContent?.content ?? revision?.string?.content ?? "";
  if (!content.startsWith("{")) return {};
  const { Hooks = [] }: { readonly Hooks?: readonly Readonly<Record<string, string>>[] } = JSON.parse(content);
  return Object.assign({}, ...Hooks);
};

export const rolloutsHere = async () =>
  (await loadRollouts()).toSorted((a, b) => (b.createTime ?? "").localeCompare(a.createTime ?? ""));

const MINUTE_MS = 60_000;

/** `10% for 5 min, then all`; how long all of it takes. */
export const planOf = (routing: Routing | undefined): { readonly text: string; readonly stepMs: number } => {
  if (routing?.timeBasedCanary) {
    const { canaryPercentage = 0, canaryInterval = 0 } = routing.timeBasedCanary;
    return { text: `${canaryPercentage}% for ${canaryInterval} min, then all`, stepMs: canaryInterval * MINUTE_MS };
  }
  if (routing?.timeBasedLinear) {
    const { linearPercentage = 0, linearInterval = 0 } = routing.timeBasedLinear;
    return { text: `${linearPercentage}% more every ${linearInterval} min`, stepMs: linearInterval * MINUTE_MS };
  }
  return { text: "all at once", stepMs: 0 };
};
