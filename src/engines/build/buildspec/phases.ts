import { yamlFileError } from "../failure.ts";
import type { Place } from "./reader.ts";
import { COMMAND_PHASES, type CommandPhase, type OnFailure, type PhaseSpec } from "./types.ts";

/** The phases of a buildspec. */
export const readPhases = (place: Place | undefined): Partial<Record<CommandPhase, PhaseSpec>> => {
  const phases: Partial<Record<CommandPhase, PhaseSpec>> = {};
  for (const [name, phase] of place?.entries() ?? []) {
    const known = COMMAND_PHASES.find((candidate) => candidate === name);
    if (!known)
      throw yamlFileError(`Invalid buildspec phase name: ${name.toUpperCase()}. Expecting: ${EXPECTED_PHASES}`);
    phases[known] = readPhase(phase);
  }
  return phases;
};

const EXPECTED_PHASES = [...COMMAND_PHASES]
  .map((name) => name.toUpperCase())
  .sort()
  .join(",");

const readPhase = (place: Place): PhaseSpec => {
  const entries = place.entries();
  const runAs = entries.get("run-as");
  if (runAs && runAs.text() !== "root") throw yamlFileError(`aloft has not built run-as yet (line ${runAs.line})`);
  const onFailure = entries.get("on-failure");
  return {
    commands: entries.get("commands")?.texts() ?? [],
    finally: entries.get("finally")?.texts() ?? [],
    runtimeVersions: runtimesOf(entries.get("runtime-versions")),
    ...(onFailure && !onFailure.isEmpty ? { onFailure: onFailureOf(onFailure.text()) } : {}),
  };
};

const runtimesOf = (place: Place | undefined): Record<string, string> => {
  const versions: Record<string, string> = {};
  for (const [runtime, version] of place?.entries() ?? []) {
    if (!KNOWN_RUNTIMES.has(runtime))
      throw yamlFileError(
        `Unknown runtime named '${runtime}'. This build image has the following runtimes: ${SHOWN_RUNTIMES.join(", ")}`,
      );
    versions[runtime] = version.text();
  }
  return versions;
};

const SHOWN_RUNTIMES = ["dotnet", "golang", "java", "nodejs", "php", "python", "ruby"];
/** The first images had these two as well, and buildspecs still name them. */
const KNOWN_RUNTIMES = new Set([...SHOWN_RUNTIMES, "docker", "android"]);

/** `ABORT`, `CONTINUE`, `RETRY`, `RETRY-count`, `RETRY-regex` or `RETRY-count-regex`. */
const onFailureOf = (text: string): OnFailure => {
  if (text === "ABORT" || text === "CONTINUE") return { action: text };
  const retry = /^RETRY(?:-(\d{1,3}))?(?:-(.+))?$/.exec(text);
  const times = Number(retry?.[1] ?? DEFAULT_RETRIES);
  if (!retry || times > MAX_RETRIES)
    throw yamlFileError(`Invalid on-failure action: ${text}. Expecting: ABORT,CONTINUE,RETRY`);
  return { action: "RETRY", times, pattern: patternOf(retry[2] ?? ".*") };
};

const DEFAULT_RETRIES = 3;
/** https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html: "count with a range of 0 to 100". */
const MAX_RETRIES = 100;

const patternOf = (pattern: string): string => {
  try {
    new RegExp(pattern);
    return pattern;
  } catch {
    throw yamlFileError(`Invalid on-failure pattern: ${pattern}`);
  }
};
