import type { Context } from "../../../kernel/context.ts";
import { known } from "../../../kernel/errors.ts";
import { rootOf } from "../../../kernel/principal.ts";
import { projectArn } from "../find.ts";
import type { BuildRecord, ProjectRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { SERVICE_PRINCIPAL } from "./serviceRole.ts";

/** The project in which CodePipeline runs the commands of its actions; every build says all that it needs itself. */
const MANAGED_PROJECT = "AWSCodePipeline-Commands";
const CODEPIPELINE = "codepipeline.amazonaws.com";
const LOG_GROUP = "/aws/codepipeline/";

/** AWS: such builds belong to no project of the account, and only CodePipeline starts them. */
export const managedProject = (ctx: Context, name: string): ProjectRecord | undefined =>
  name === MANAGED_PROJECT && ctx.calledVia === CODEPIPELINE && ctx.principal.kind === "root"
    ? {
        name,
        arn: projectArn(ctx, name),
        settings: {
          source: { type: "NO_SOURCE", buildspec: "{}" },
          artifacts: { type: "NO_ARTIFACTS" },
          environment: {
            type: "LINUX_CONTAINER",
            image: "aws/codebuild/amazonlinux2-x86_64-standard:5.0",
            computeType: "BUILD_GENERAL1_SMALL",
          },
          serviceRole: rootOf(ctx.account, ctx.partition).arn,
        },
        tags: [],
        createdAt: 0,
        modifiedAt: 0,
      }
    : undefined;

/** Who assumes a build's role, and on whose behalf. */
interface Assumer {
  readonly service: string;
  readonly sourceArn: string;
  /** The role that the service assumes first, if the build's own trusts that one. */
  readonly through?: string;
}

/** AWS: a pipeline's role trusts CodePipeline, and an action's own role the pipeline's. */
export const assumerOf = async (
  { deps }: Pick<Room, "deps">,
  { projectName, arn, log, settings }: BuildRecord,
): Promise<Assumer> => {
  if (projectName !== MANAGED_PROJECT) return { service: SERVICE_PRINCIPAL, sourceArn: arn };
  const name = log?.groupName.slice(LOG_GROUP.length) ?? "";
  const self = deps.contextAs(rootOf(deps.account, deps.partition));
  const { pipeline } = await self.call("codepipeline", "GetPipeline", { name });
  const pipelineRole = known(pipeline?.roleArn, "the pipeline's role");
  return {
    service: CODEPIPELINE,
    sourceArn: arn.replace(/:codebuild:(.+):build\/.*$/, `:codepipeline:$1:${name}`),
    ...(pipelineRole === settings.serviceRole ? {} : { through: pipelineRole }),
  };
};
