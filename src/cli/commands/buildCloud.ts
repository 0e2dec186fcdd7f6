import { BatchGetProjectsCommand, CodeBuildClient, ListProjectsCommand, type Project } from "@aws-sdk/client-codebuild";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { buildspecLocation } from "../../engines/build/spec.ts";
import type { LocalBuild } from "../../localBuild/localBuild.ts";
import { CliError } from "../failure.ts";

/** The cloud that runs beside a build on this machine. */
export interface BesideCloud {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** How a build's commands and variables reach the cloud: as its owner, for the build is the owner's own. */
export const resolversOf = (
  cloud: BesideCloud | undefined,
): Pick<LocalBuild, "environment" | "readObject" | "resolveParameters" | "resolveSecret"> => {
  if (!cloud) {
    const none = () =>
      Promise.reject(
        new CliError("This build's variables or buildspec are kept in the cloud, and none runs here.", "aloft start"),
      );
    return { environment: {}, readObject: none, resolveParameters: none, resolveSecret: none };
  }
  return {
    environment: {
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
    },
    readObject: async (arn) => {
      const [, bucket = "", key = ""] = /:::([^/]+)\/(.+)$/.exec(arn) ?? [];
      const { Body } = await new S3Client({ ...cloud, forcePathStyle: true }).send(
        new GetObjectCommand({ Bucket: bucket, Key: key }),
      );
      return (await Body?.transformToString()) ?? "";
    },
    resolveParameters: async (names) => {
      const { Parameters = [] } = await new SSMClient(cloud).send(
        new GetParametersCommand({ Names: [...names], WithDecryption: true }),
      );
      return new Map(Parameters.map(({ Name = "", Value = "" }) => [Name, Value]));
    },
    resolveSecret: async ({ secretId, versionStage, versionId }) => {
      const { SecretString = "" } = await new SecretsManagerClient(cloud).send(
        new GetSecretValueCommand({ SecretId: secretId, VersionStage: versionStage, VersionId: versionId }),
      );
      return SecretString;
    },
  };
};

/** What a project of the cloud says of its builds; undefined when there is none of that name. */
export const projectOf = async (cloud: BesideCloud, name: string): Promise<ProjectSettings | undefined> => {
  const { projects = [] } = await new CodeBuildClient(cloud).send(new BatchGetProjectsCommand({ names: [name] }));
  return projects[0] && settingsOf(projects[0]);
};

/** The project that builds by a buildspec of this path, where one alone of the cloud's first hundred does. */
export const projectBuiltBy = async (cloud: BesideCloud, path: string): Promise<ProjectSettings | undefined> => {
  const client = new CodeBuildClient(cloud);
  const { projects: names = [] } = await client.send(new ListProjectsCommand({}));
  if (names.length === 0) return undefined;
  const { projects = [] } = await client.send(new BatchGetProjectsCommand({ names }));
  const [user, ...others] = projects.filter(({ source }) => (source?.buildspec || "buildspec.yml") === path);
  return user && others.length === 0 ? settingsOf(user) : undefined;
};

type ProjectSettings = Pick<LocalBuild, "projectName" | "variables" | "buildspec">;

const settingsOf = ({ name = "", source, environment }: Project): ProjectSettings => ({
  projectName: name,
  buildspec: buildspecLocation(source?.buildspec),
  variables: (environment?.environmentVariables ?? []).map(({ name: variable = "", value = "", type }) => ({
    name: variable,
    value,
    type: type ?? "PLAINTEXT",
  })),
});
