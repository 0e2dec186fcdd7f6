import { call, type Output } from "../../api/call.ts";
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
  readonly alarms: readonly string[];
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
  return {
    deployment,
    targets: (found.deploymentTargets ?? []).flatMap(({ lambdaTarget }) => lambdaTarget ?? []),
    routing: config.deploymentConfigInfo?.trafficRoutingConfig,
    alarms: (group.deploymentGroupInfo?.alarmConfiguration?.alarms ?? []).flatMap(({ name }) => name ?? []),
  };
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
