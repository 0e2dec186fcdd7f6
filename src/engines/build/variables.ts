import { dirname, join } from "node:path";
import { minimalEnvironment } from "../process/environment.ts";
import type { Buildspec } from "./buildspec/types.ts";
import { BuildFailure } from "./failure.ts";
import type { BuildPorts, SecretReference } from "./ports.ts";
import type { BuildSource, BuildSpec, BuildVariable } from "./spec.ts";
import { sourceFolder, type Workspace } from "./workspace.ts";

/** The whole environment of a build's commands; secrets in it are known to the mask from here on. */
export const buildEnvironment = async (
  spec: BuildSpec,
  buildspec: Buildspec,
  workspace: Workspace,
  resolvedVersion: string | undefined,
  ports: BuildPorts,
  /** Folders of the runtimes that were selected. */
  runtimes: readonly string[],
): Promise<Record<string, string>> => ({
  ...minimalEnvironment({
    home: workspace.home,
    tmp: workspace.tmp,
    path: [...runtimes, ...ports.path, ownPrograms(workspace)],
  }),
  // What a build installs for all (`npm install --global`, `pip install --user`) lands in its own HOME.
  npm_config_prefix: dirname(ownPrograms(workspace)),
  ...ports.environment,
  ...(buildspec.gitCredentialHelper ? ports.gitCredentials : {}),
  AWS_REGION: spec.region,
  AWS_DEFAULT_REGION: spec.region,
  ...(await resolve(declared(spec, buildspec), ports)),
  // AWS: names that begin with CODEBUILD_ are its own.
  ...ownVariables(spec, workspace, resolvedVersion),
});

const ownPrograms = ({ home }: Workspace): string => join(home, ".local", "bin");

/** StartBuild wins over the project, the project over the buildspec. */
const declared = (spec: BuildSpec, buildspec: Buildspec): readonly BuildVariable[] => {
  const of = (values: Readonly<Record<string, string>>, type: BuildVariable["type"]) =>
    Object.entries(values).map(([name, value]) => ({ name, value, type }));
  const all = [
    ...of(buildspec.variables, "PLAINTEXT"),
    ...of(buildspec.parameterStore, "PARAMETER_STORE"),
    ...of(buildspec.secretsManager, "SECRETS_MANAGER"),
    ...spec.variables,
  ];
  return [...new Map(all.map((variable) => [variable.name, variable])).values()];
};

const resolve = async (variables: readonly BuildVariable[], ports: BuildPorts): Promise<Record<string, string>> => {
  const ofType = (type: BuildVariable["type"]) => variables.filter((variable) => variable.type === type);
  const values = ofType("PLAINTEXT").map(({ name, value }) => [name, value] as const);
  const hidden = [
    ...(await fromParameterStore(ofType("PARAMETER_STORE"), ports)),
    ...(await fromSecrets(ofType("SECRETS_MANAGER"), ports)),
  ];
  for (const [, value] of hidden) ports.mask.add(value);
  return Object.fromEntries([...values, ...hidden]);
};

const fromParameterStore = async (variables: readonly BuildVariable[], { resolveParameters }: BuildPorts) => {
  if (variables.length === 0) return [];
  const names = [...new Set(variables.map(({ value }) => value))];
  const values = await resolveParameters(names);
  const missing = names.filter((name) => !values.has(name));
  if (missing.length > 0)
    throw new BuildFailure("Decrypted Variables Error", `parameter does not exist: ${missing.join(", ")}`);
  return variables.map(({ name, value }) => [name, values.get(value) ?? ""] as const);
};

const fromSecrets = async (variables: readonly BuildVariable[], { resolveSecret }: BuildPorts) => {
  const resolved: (readonly [string, string])[] = [];
  for (const { name, value } of variables) {
    const reference = secretReference(value);
    resolved.push([name, fieldOf(await resolveSecret(reference), reference)]);
  }
  return resolved;
};

/** `secret-id:json-key:version-stage:version-id`; an ARN has six colons of its own before its name. */
export const secretReference = (text: string): SecretReference => {
  const parts = text.split(":");
  const ofId = text.startsWith("arn:") ? ARN_PARTS : 1;
  const [jsonKey, versionStage, versionId] = parts.slice(ofId);
  return {
    secretId: parts.slice(0, ofId).join(":"),
    ...(jsonKey ? { jsonKey } : {}),
    ...(versionStage ? { versionStage } : {}),
    ...(versionId ? { versionId } : {}),
  };
};

const ARN_PARTS = 7;

const fieldOf = (secret: string, { jsonKey, secretId }: SecretReference): string => {
  if (jsonKey === undefined) return secret;
  const fields = jsonObject(secret);
  const value = fields && Object.hasOwn(fields, jsonKey) ? fields[jsonKey] : undefined;
  if (value === undefined)
    throw new BuildFailure("Secrets Manager Error Message", `secret ${secretId} has no JSON key ${jsonKey}`);
  return typeof value === "string" ? value : JSON.stringify(value);
};

const jsonObject = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined; // No JSON: it has no keys, which the caller reports.
  }
};

/** https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html */
const ownVariables = (
  spec: BuildSpec,
  workspace: Workspace,
  resolvedVersion: string | undefined,
): Record<string, string> => {
  const { source } = spec;
  return {
    CODEBUILD_CI: "true",
    CODEBUILD_BUILD_ARN: spec.arn,
    CODEBUILD_BUILD_ID: spec.id,
    CODEBUILD_BUILD_IMAGE: spec.image,
    CODEBUILD_BUILD_NUMBER: String(spec.number),
    CODEBUILD_BUILD_SUCCEEDING: "1",
    CODEBUILD_INITIATOR: spec.initiator,
    CODEBUILD_KMS_KEY_ID: spec.encryptionKey,
    CODEBUILD_PROJECT_ARN: spec.projectArn,
    CODEBUILD_SOURCE_REPO_URL: addressOf(source),
    CODEBUILD_SRC_DIR: workspace.source,
    CODEBUILD_START_TIME: String(spec.startTime),
    ...(spec.logPath === undefined ? {} : { CODEBUILD_LOG_PATH: spec.logPath }),
    ...(source.version === undefined ? {} : { CODEBUILD_SOURCE_VERSION: source.version }),
    ...(resolvedVersion === undefined ? {} : { CODEBUILD_RESOLVED_SOURCE_VERSION: resolvedVersion }),
    ...Object.assign({}, ...spec.secondarySources.map((secondary) => secondaryVariables(secondary, workspace))),
    ...spec.extraVariables,
  };
};

const secondaryVariables = (source: BuildSource, workspace: Workspace): Record<string, string> => {
  const { identifier = "", version } = source;
  return {
    [`CODEBUILD_SRC_DIR_${identifier}`]: sourceFolder(workspace, identifier),
    [`CODEBUILD_SOURCE_REPO_URL_${identifier}`]: addressOf(source),
    ...(version === undefined ? {} : { [`CODEBUILD_SOURCE_VERSION_${identifier}`]: version }),
  };
};

/** AWS: `s3://BUCKET/KEY` for a source in S3; empty for what comes from a pipeline. */
const addressOf = ({ type, location = "" }: BuildSource): string => {
  if (type === "CODEPIPELINE") return "";
  return type === "S3" ? `s3://${location.replace(/^arn:[^:]+:s3:::/, "")}` : location;
};
