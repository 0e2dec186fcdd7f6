import type * as sdk from "@aws-sdk/client-codebuild";
import type { InputOf } from "../../../kernel/aws.ts";
import type { Context } from "../../../kernel/context.ts";
import type { ProjectSettings } from "../records.ts";
import { roleArn } from "../settings.ts";

type StartBuildInput = InputOf<typeof sdk, "StartBuild">;

/** A project's settings with the overrides of a request. */
export const overridden = (project: ProjectSettings, request: StartBuildInput, ctx: Context): ProjectSettings => ({
  ...project,
  source: {
    ...project.source,
    ...(request.sourceTypeOverride ? { type: request.sourceTypeOverride } : {}),
    ...(request.sourceLocationOverride ? { location: request.sourceLocationOverride } : {}),
    ...(request.sourceAuthOverride ? { auth: request.sourceAuthOverride } : {}),
    ...(request.gitCloneDepthOverride === undefined ? {} : { gitCloneDepth: request.gitCloneDepthOverride }),
    ...(request.gitSubmodulesConfigOverride ? { gitSubmodulesConfig: request.gitSubmodulesConfigOverride } : {}),
    ...(request.buildspecOverride ? { buildspec: request.buildspecOverride } : {}),
    ...(request.insecureSslOverride === undefined ? {} : { insecureSsl: request.insecureSslOverride }),
    ...(request.reportBuildStatusOverride === undefined
      ? {}
      : { reportBuildStatus: request.reportBuildStatusOverride }),
    ...(request.buildStatusConfigOverride ? { buildStatusConfig: request.buildStatusConfigOverride } : {}),
  },
  sourceVersion: request.sourceVersion ?? project.sourceVersion,
  secondarySources: request.secondarySourcesOverride ?? project.secondarySources,
  secondarySourceVersions: request.secondarySourcesVersionOverride ?? project.secondarySourceVersions,
  artifacts: request.artifactsOverride ?? project.artifacts,
  secondaryArtifacts: request.secondaryArtifactsOverride ?? project.secondaryArtifacts,
  environment: environmentOf(project, request),
  cache: request.cacheOverride ?? project.cache,
  logsConfig: request.logsConfigOverride ?? project.logsConfig,
  serviceRole: roleArn(ctx, request.serviceRoleOverride ?? project.serviceRole),
  timeoutInMinutes: request.timeoutInMinutesOverride ?? project.timeoutInMinutes,
  queuedTimeoutInMinutes: request.queuedTimeoutInMinutesOverride ?? project.queuedTimeoutInMinutes,
  encryptionKey: request.encryptionKeyOverride ?? project.encryptionKey,
  autoRetryLimit: request.autoRetryLimitOverride ?? project.autoRetryLimit,
});

/** AWS: variables of the same name are replaced, the others kept. */
const environmentOf = ({ environment }: ProjectSettings, request: StartBuildInput): ProjectSettings["environment"] => {
  const variables = [...(environment.environmentVariables ?? []), ...(request.environmentVariablesOverride ?? [])];
  return {
    ...environment,
    ...(request.environmentTypeOverride ? { type: request.environmentTypeOverride } : {}),
    ...(request.imageOverride ? { image: request.imageOverride } : {}),
    ...(request.computeTypeOverride ? { computeType: request.computeTypeOverride } : {}),
    ...(request.privilegedModeOverride === undefined ? {} : { privilegedMode: request.privilegedModeOverride }),
    ...(request.certificateOverride ? { certificate: request.certificateOverride } : {}),
    ...(request.registryCredentialOverride ? { registryCredential: request.registryCredentialOverride } : {}),
    ...(request.imagePullCredentialsTypeOverride
      ? { imagePullCredentialsType: request.imagePullCredentialsTypeOverride }
      : {}),
    ...(request.fleetOverride ? { fleet: request.fleetOverride } : {}),
    environmentVariables: [...new Map(variables.map((variable) => [variable.name, variable])).values()],
  };
};
