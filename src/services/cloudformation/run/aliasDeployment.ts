import type { ResourceRecord } from "../../../engines/stack/model.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";
import { validationError } from "../errors.ts";
import type { Shift } from "./shifts.ts";

const POLL_MS = 1000;

/** What `UpdatePolicy: CodeDeployLambdaAliasUpdate` asks for. */
interface AliasPolicy {
  readonly applicationName: string;
  readonly deploymentGroupName: string;
  readonly beforeAllowTraffic: string | undefined;
  readonly afterAllowTraffic: string | undefined;
}

/** The policy by which an alias is moved by CodeDeploy; undefined when it is simply updated. */
export const aliasPolicy = (type: string, updatePolicy: JsonObject | undefined): AliasPolicy | undefined => {
  const policy = updatePolicy?.["CodeDeployLambdaAliasUpdate"];
  if (type !== "AWS::Lambda::Alias" || !isJsonObject(policy)) return undefined;
  const text = (key: string) => (typeof policy[key] === "string" ? policy[key] : undefined);
  return {
    applicationName: text("ApplicationName") ?? "",
    deploymentGroupName: text("DeploymentGroupName") ?? "",
    beforeAllowTraffic: text("BeforeAllowTrafficHook"),
    afterAllowTraffic: text("AfterAllowTrafficHook"),
  };
};

/**
 * Moves an alias to its new version through CodeDeploy, and waits until its traffic has shifted.
 *
 * AWS: the deployment is CodeDeploy's; the stack only waits for it and fails with it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 */
export const shiftAlias = async (
  ctx: ResourceContext,
  policy: AliasPolicy,
  before: JsonObject,
  record: Pick<ResourceRecord, "logicalId" | "properties">,
  shift: Shift,
): Promise<void> => {
  const deploymentId = shift.deploymentId ?? (await begin(ctx, policy, before, record));
  shift.begun(deploymentId);
  const { status, errorInformation, rollbackInfo } = await ended(ctx, deploymentId);
  if (status === "Succeeded") return;
  // AWS: the stack goes back once CodeDeploy has.
  if (rollbackInfo?.rollbackDeploymentId !== undefined) await ended(ctx, rollbackInfo.rollbackDeploymentId);
  throw validationError(`${deploymentId} ${status?.toLowerCase()}. ${errorInformation?.message ?? ""}`.trim());
};

const begin = async (
  ctx: ResourceContext,
  policy: AliasPolicy,
  before: JsonObject,
  { logicalId, properties }: Pick<ResourceRecord, "logicalId" | "properties">,
): Promise<string> => {
  const { deploymentId = "" } = await ctx.call("codedeploy", "CreateDeployment", {
    applicationName: policy.applicationName,
    deploymentGroupName: policy.deploymentGroupName,
    revision: {
      revisionType: "AppSpecContent",
      appSpecContent: { content: appSpec(logicalId, policy, before, properties) },
    },
  });
  return deploymentId;
};

const ENDED: ReadonlySet<string> = new Set(["Succeeded", "Failed", "Stopped"]);

const ended = async (ctx: ResourceContext, deploymentId: string) => {
  for (;;) {
    const { deploymentInfo } = await ctx.call("codedeploy", "GetDeployment", { deploymentId });
    if (deploymentInfo?.status !== undefined && ENDED.has(deploymentInfo.status)) return deploymentInfo;
    await ctx.sleep(POLL_MS);
  }
};

const appSpec = (logicalId: string, policy: AliasPolicy, before: JsonObject, after: JsonObject): string =>
  JSON.stringify({
    version: 0,
    Resources: [
      {
        [logicalId]: {
          Type: "AWS::Lambda::Function",
          Properties: {
            Name: after["FunctionName"] ?? "",
            Alias: after["Name"] ?? "",
            CurrentVersion: before["FunctionVersion"] ?? "",
            TargetVersion: after["FunctionVersion"] ?? "",
          },
        },
      },
    ],
    Hooks: [
      ...(policy.beforeAllowTraffic === undefined ? [] : [{ BeforeAllowTraffic: policy.beforeAllowTraffic }]),
      ...(policy.afterAllowTraffic === undefined ? [] : [{ AfterAllowTraffic: policy.afterAllowTraffic }]),
    ],
  });
