import { collectArtifact } from "./artifacts.ts";
import type { ArtifactSpec, Buildspec } from "./buildspec/types.ts";
import type { BuildLog } from "./log.ts";
import type { BuildPorts } from "./ports.ts";
import type { BuildShell } from "./shell.ts";
import type { ArtifactWish, BuildSpec } from "./spec.ts";

/** UPLOAD_ARTIFACTS: gathers what the buildspec names and the project expects, and gives it away. */
export const uploadArtifacts = async (
  spec: BuildSpec,
  buildspec: Buildspec,
  source: string,
  shell: BuildShell,
  ports: BuildPorts,
  log: BuildLog,
  signal: AbortSignal,
): Promise<void> => {
  const upload = async (wish: ArtifactWish, artifact: ArtifactSpec) => {
    const files = await collectArtifact(artifact, source, (text) => expand(shell, text), log);
    const name = wish.overrideName && artifact.name ? await expand(shell, artifact.name) : undefined;
    const s3Prefix = artifact.s3Prefix && (await expand(shell, artifact.s3Prefix));
    await ports.upload(
      {
        files,
        ...(wish.identifier === undefined ? {} : { identifier: wish.identifier }),
        ...(name === undefined ? {} : { name }),
        ...(s3Prefix ? { s3Prefix } : {}),
      },
      signal,
    );
  };
  if (spec.artifacts && buildspec.artifacts) await upload(spec.artifacts, buildspec.artifacts);
  else if (spec.artifacts) log.agent("No artifacts defined in buildspec");
  if (spec.secondaryArtifacts.length > 0) log.agent("Preparing to copy secondary artifacts");
  for (const wish of spec.secondaryArtifacts) {
    const artifact = buildspec.secondaryArtifacts[wish.identifier ?? ""];
    if (artifact) await upload(wish, artifact);
    else log.agent(`No secondary artifact ${wish.identifier} defined in buildspec`);
  }
};

/** AWS: names and paths of artifacts and reports may hold variables and commands of the shell. */
export const expand = (shell: BuildShell, text: string): Promise<string> =>
  /[$`]/.test(text) ? shell.capture(`printf %s "${text.replace(/["\\]/g, "\\$&")}"`) : Promise.resolve(text);
