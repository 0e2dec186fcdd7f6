import { DEFAULT_QUEUED_TIMEOUT_MINUTES, DEFAULT_TIMEOUT_MINUTES } from "./limits.ts";
import type { ProjectSettings } from "./records.ts";

type Source = ProjectSettings["source"];
type Artifacts = ProjectSettings["artifacts"];
type Environment = ProjectSettings["environment"];

/** What AWS fills in where a project says nothing; the ARN is that of the project, or of a build or a batch of it. */
export const withDefaults = (settings: ProjectSettings, arn: string, region: string) => {
  const [, partition, , , account, place = ""] = arn.split(":");
  const name = place.split("/")[1] ?? "";
  return {
    ...settings,
    source: filledSource(settings.source),
    secondarySources: (settings.secondarySources ?? []).map(filledSource),
    artifacts: filledArtifacts(settings.artifacts, name),
    secondaryArtifacts: (settings.secondaryArtifacts ?? []).map((each) => filledArtifacts(each, name)),
    secondarySourceVersions: settings.secondarySourceVersions ?? [],
    environment: filledEnvironment(settings.environment),
    cache: settings.cache ?? { type: "NO_CACHE" as const },
    timeoutInMinutes: settings.timeoutInMinutes ?? DEFAULT_TIMEOUT_MINUTES,
    queuedTimeoutInMinutes: settings.queuedTimeoutInMinutes ?? DEFAULT_QUEUED_TIMEOUT_MINUTES,
    encryptionKey: settings.encryptionKey ?? `arn:${partition}:kms:${region}:${account}:alias/aws/s3`,
  };
};

const filledSource = (source: Source): Source => ({ ...source, insecureSsl: source.insecureSsl ?? false });

const filledArtifacts = (artifacts: Artifacts, projectName: string): Artifacts =>
  artifacts.type === "NO_ARTIFACTS"
    ? artifacts
    : {
        ...artifacts,
        name: artifacts.name || projectName,
        packaging: artifacts.packaging ?? "NONE",
        encryptionDisabled: artifacts.encryptionDisabled ?? false,
        ...(artifacts.type === "S3" ? { namespaceType: artifacts.namespaceType ?? "NONE" } : {}),
      };

const filledEnvironment = (environment: Environment) => ({
  ...environment,
  environmentVariables: (environment.environmentVariables ?? []).map((variable) => ({
    ...variable,
    type: variable.type ?? ("PLAINTEXT" as const),
  })),
  privilegedMode: environment.privilegedMode ?? false,
  imagePullCredentialsType: environment.imagePullCredentialsType ?? ("CODEBUILD" as const),
});
