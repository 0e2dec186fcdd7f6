import type { ActionSpec, Outcome } from "../../../engines/pipeline/model.ts";
import type { Act } from "../../../engines/pipeline/ports.ts";
import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { resolveVariables } from "../../../engines/pipeline/variables.ts";
import { known, NotImplemented } from "../../../kernel/errors.ts";
import { broughtIn } from "../artifacts.ts";
import { findActionType } from "../find.ts";
import { actionTimeoutMs, MAX_CONFIGURATION_BYTES } from "../limits.ts";
import { actionRole } from "../roles.ts";
import type { Room } from "../room.ts";
import { cloudWatchAlarm } from "../rules/cloudWatchAlarm.ts";
import { deploymentWindow } from "../rules/deploymentWindow.ts";
import { variableCheck } from "../rules/variableCheck.ts";
import { textBytes } from "../textBytes.ts";
import { approval } from "./approval.ts";
import { cloudFormation } from "./cloudFormation.ts";
import { codeBuild } from "./codeBuild.ts";
import { codeCommitSource } from "./codeCommitSource.ts";
import { codeDeploy } from "./codeDeploy.ts";
import { commands } from "./commands.ts";
import { connectionSource, gitHubSource } from "./gitSource.ts";
import { lambdaDeploy } from "./lambdaDeploy.ts";
import { lambdaInvoke } from "./lambdaInvoke.ts";
import { pipelineInvoke } from "./pipelineInvoke.ts";
import type { Provide } from "./provider.ts";
import { unlessDenied } from "./refusals.ts";
import { s3Deploy } from "./s3Deploy.ts";
import { s3Source } from "./s3Source.ts";
import { stepFunctions } from "./stepFunctions.ts";
import { worker } from "./worker.ts";

const PROVIDERS: Readonly<Record<string, Provide>> = {
  "Source/GitHub": gitHubSource,
  "Source/CodeCommit": codeCommitSource,
  "Source/CodeStarSourceConnection": connectionSource,
  "Source/S3": s3Source,
  "Build/CodeBuild": codeBuild,
  "Test/CodeBuild": codeBuild,
  "Deploy/CodeBuild": codeBuild,
  "Build/Commands": commands,
  "Test/Commands": commands,
  "Compute/Commands": commands,
  "Deploy/CloudFormation": cloudFormation,
  "Deploy/CodeDeploy": codeDeploy,
  "Deploy/Lambda": lambdaDeploy,
  "Deploy/S3": s3Deploy,
  "Approval/Manual": approval,
  "Invoke/CodePipeline": pipelineInvoke,
  "Invoke/Lambda": lambdaInvoke,
  "Invoke/StepFunctions": stepFunctions,
  "Rule/CloudWatchAlarm": cloudWatchAlarm,
  "Rule/CodeBuild": codeBuild,
  "Rule/Commands": commands,
  "Rule/DeploymentWindow": deploymentWindow,
  "Rule/LambdaInvoke": lambdaInvoke,
  "Rule/VariableCheck": variableCheck,
};

const MINUTE_MS = 60_000;

/** Does what an action says, as its role and within its time. */
export const act =
  (room: Room) =>
  async ({ execution, run, began, configured, signal }: Act): Promise<Outcome> => {
    const { action } = run;
    const provide = findActionType(room, action) ? worker : PROVIDERS[`${action.category}/${action.provider}`];
    if (!provide) throw new NotImplemented(`the action provider ${action.category}/${action.provider}`);
    const pipeline = known(room.tables.pipelines.get(run.pipelineName), `the pipeline ${run.pipelineName}`);
    const namespaces = {
      codepipeline: { PipelineExecutionId: execution.id },
      variables: execution.variables,
      ...execution.namespaces,
    };
    const configuration = resolveVariables(action.configuration, namespaces);
    const resolve = (text: string) => resolveVariables({ text }, namespaces)["text"] ?? "";
    checkSize(configuration);
    checkInputs(action, run.inputs.length);
    configured(configuration, run.inputs);
    const ctx = await unlessDenied(
      actionRole(room, execution, run),
      () =>
        `The provided role cannot be assumed: 'Access denied when attempting to assume the role '${action.roleArn ?? execution.spec.roleArn}''`,
    );
    const inputs = await broughtIn(ctx, pipeline, run.inputs);
    if (inputs !== run.inputs) configured(configuration, inputs);
    const late = new AbortController();
    const ended = new AbortController();
    const timeoutMs = actionTimeoutMs(action);
    const timer = room.clock
      .sleep(run.startedAt + timeoutMs - room.clock.now(), AbortSignal.any([signal, ended.signal]))
      .then(
        () => late.abort(new ActionFailure("JobFailed", timeoutMessage(action, timeoutMs))),
        () => {}, // The action ended first.
      );
    try {
      const job = { room, pipeline, execution, run, configuration, resolve, ctx, inputs, began };
      return await provide({ ...job, signal: AbortSignal.any([signal, late.signal]) });
    } finally {
      ended.abort();
      await timer;
    }
  };

const checkSize = (configuration: Readonly<Record<string, string>>): void => {
  if (textBytes(configuration) > MAX_CONFIGURATION_BYTES)
    throw new ActionFailure(
      "ConfigurationError",
      `The action's configuration with its variables is larger than ${MAX_CONFIGURATION_BYTES} bytes`,
    );
};

/** What an earlier action should have made and did not. */
const checkInputs = ({ inputArtifacts }: ActionSpec, found: number): void => {
  if (found < inputArtifacts.length)
    throw new ActionFailure(
      "ConfigurationError",
      `The action's input artifact does not exist: ${inputArtifacts.join(", ")}`,
    );
};

const timeoutMessage = ({ category }: ActionSpec, timeoutMs: number): string =>
  category === "Approval"
    ? "Approval has expired"
    : `The action failed because it did not complete within ${Math.round(timeoutMs / MINUTE_MS)} minutes.`;
