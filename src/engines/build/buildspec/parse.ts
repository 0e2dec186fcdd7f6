import { yamlFileError } from "../failure.ts";
import { readArtifacts } from "./artifacts.ts";
import { readBatch } from "./batch.ts";
import { readCache } from "./cache.ts";
import { readPhases } from "./phases.ts";
import { type Place, readYaml } from "./reader.ts";
import { readReports } from "./reports.ts";
import type { ArtifactSpec, Buildspec } from "./types.ts";

/**
 * Reads a buildspec. Throws BuildFailure YAML_FILE_ERROR with AWS's message for what CodeBuild would refuse.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export const parseBuildspec = (text: string): Buildspec => {
  const root = readYaml(text).entries();
  const version = versionOf(root.get("version"));
  refuseUnbuilt(root);
  const env = environmentOf(root, version);
  const artifacts = root.get("artifacts");
  const batch = readBatch(root.get("batch"));
  return {
    version,
    variables: textMap(env?.get("variables") ?? (version === "0.1" ? env?.get("plaintext") : undefined)),
    parameterStore: textMap(env?.get("parameter-store")),
    secretsManager: textMap(env?.get("secrets-manager")),
    exportedVariables: env?.get("exported-variables")?.texts() ?? [],
    phases: readPhases(root.get("phases")),
    ...(artifacts && !artifacts.isEmpty ? primaryOf(artifacts) : {}),
    secondaryArtifacts: secondariesOf(artifacts),
    cache: readCache(root.get("cache")),
    reports: readReports(root.get("reports")),
    gitCredentialHelper: env?.get("git-credential-helper")?.flag() ?? false,
    ...(batch ? { batch } : {}),
  };
};

/** AWS: 0.1 calls the section `environment_variables`, and its variables `plaintext`; 0.2 has renamed both. */
const environmentOf = (root: ReadonlyMap<string, Place>, version: Buildspec["version"]) =>
  (root.get("env") ?? (version === "0.1" ? root.get("environment_variables") : undefined))?.entries();

const versionOf = (place: Place | undefined): Buildspec["version"] => {
  // AWS: the message of a file that is no buildspec at all, such as a SAM template.
  if (!place || place.isEmpty) throw yamlFileError("wrong number of container tags, expected 1");
  const version = place.text();
  if (version === "0.1" || version === "0.2") return version;
  throw yamlFileError(`Invalid buildspec version: ${version}. Expecting: 0.1,0.2`);
};

/** What would change the build's meaning if it were left aside is refused by its name. */
const refuseUnbuilt = (root: ReadonlyMap<string, Place>): void => {
  const runAs = root.get("run-as");
  if (runAs && runAs.text() !== "root") throw yamlFileError(`aloft has not built run-as yet (line ${runAs.line})`);
  const shell = root.get("env")?.entries().get("shell")?.text();
  if (shell && !SHELLS.has(shell)) throw yamlFileError(`Unsupported shell: ${shell}`);
};

/** Differs: one shell runs them all, bash, which every `sh` script is written for in practice. */
const SHELLS = new Set(["bash", "sh", "/bin/sh", "/bin/bash"]);

const textMap = (place: Place | undefined): Record<string, string> => {
  const entries = [...(place?.entries() ?? [])];
  return Object.fromEntries(entries.map(([key, value]) => [key, value.text()]));
};

/** The section may hold secondary artifacts only. */
const primaryOf = (place: Place): { readonly artifacts?: ArtifactSpec } =>
  place.entries().has("files") ? { artifacts: readArtifacts(place) } : {};

const secondariesOf = (place: Place | undefined): Record<string, ArtifactSpec> => {
  const secondaries = place?.entries().get("secondary-artifacts")?.entries() ?? new Map<string, Place>();
  return Object.fromEntries([...secondaries].map(([identifier, spec]) => [identifier, readArtifacts(spec)]));
};
