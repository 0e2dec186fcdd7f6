import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { known } from "../../../kernel/errors.ts";
import { filesOf, getArtifact } from "../artifacts.ts";
import type { Job, Provide } from "./provider.ts";
import { endingWith, waitFor } from "./waiting.ts";

const APP_SPECS: ReadonlySet<string> = new Set(["appspec.yml", "appspec.yaml", "appspec.json"]);
const ENDED: ReadonlySet<string> = new Set(["Succeeded", "Failed", "Stopped"]);

/**
 * Deploys what the AppSpec in the input artifact says.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeDeploy.html
 * Differs: AWS takes this action for servers only; here it deploys functions, which is all that CodeDeploy does here.
 */
export const codeDeploy: Provide = async (job) => {
  const { run, room, ctx } = job;
  const id = run.external?.id ?? (await start(job));
  const look = async () => {
    const { deploymentInfo } = await ctx.call("codedeploy", "GetDeployment", { deploymentId: id });
    return ENDED.has(deploymentInfo?.status ?? "") ? deploymentInfo : undefined;
  };
  const stop = () => ctx.call("codedeploy", "StopDeployment", { deploymentId: id });
  const ended = waitFor(room, "aws.codedeploy", look, job.signal);
  const { status, errorInformation } = await endingWith(job.signal, stop, ended);
  if (status === "Succeeded")
    return { status: "Succeeded", summary: "Deployment Succeeded", variables: { DeploymentId: id } };
  const message = errorInformation?.message ?? `The deployment ${id} ended with the status ${status}.`;
  return { status: "Failed", summary: message, error: { code: "JobFailed", message } };
};

const start = async (job: Job): Promise<string> => {
  const { ctx, configuration, run } = job;
  const { ApplicationName: applicationName, DeploymentGroupName: deploymentGroupName } = configuration;
  const content = await appSpecOf(job);
  // A deployment that a crash left without being noted is taken up again.
  const description = `pipeline ${run.pipelineName}, action ${run.id}`;
  const { deploymentId } =
    (await begun(job, description)) ??
    (await ctx.call("codedeploy", "CreateDeployment", {
      applicationName,
      deploymentGroupName,
      description,
      revision: { revisionType: "AppSpecContent", appSpecContent: { content } },
    }));
  const id = known(deploymentId, "the deployment's id");
  const url = `https://console.aws.amazon.com/codesuite/codedeploy/deployments/${id}?region=${ctx.region}`;
  job.began({ id, url });
  return id;
};

/** A deployment of this very action that is under way; only one can be, in a deployment group. */
const begun = async ({ room, configuration, ctx }: Job, description: string) => {
  const self = room.deps.contextAs(ctx.principal);
  const { ApplicationName: applicationName, DeploymentGroupName: deploymentGroupName } = configuration;
  const group = await self.call("codedeploy", "GetDeploymentGroup", { applicationName, deploymentGroupName });
  const deploymentId = group.deploymentGroupInfo?.lastAttemptedDeployment?.deploymentId;
  if (deploymentId === undefined) return undefined;
  const { deploymentInfo } = await self.call("codedeploy", "GetDeployment", { deploymentId });
  return deploymentInfo?.description === description ? { deploymentId } : undefined;
};

const appSpecOf = async ({ ctx, inputs }: Job): Promise<string> => {
  const [input] = inputs;
  if (!input) throw new ActionFailure("ConfigurationError", "The action has no input artifact.");
  for await (const file of filesOf(await getArtifact(ctx, input)))
    if (APP_SPECS.has(file.name)) return (await file.bytes()).toString();
  throw new ActionFailure("ConfigurationError", `The artifact ${input.name} has no AppSpec file (appspec.yml).`);
};
