import type { BuildSource } from "../../../engines/build/spec.ts";
import { codeCommitUrl } from "../../../kernel/gitHost.ts";
import type { Room } from "../room.ts";
import { tokenOf } from "./gitSource.ts";

/**
 * What lets `git` in a build's commands use the credentials of its source, for buildspecs with `git-credential-helper: yes`.
 * Only this cloud's Git host is told them.
 */
export const gitCredentials = (room: Room, source: BuildSource): Record<string, string> => {
  if (source.type === "CODECOMMIT") return codeCommitHelper(room);
  const token = tokenOf(room, source);
  if (token === undefined) return {};
  return {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `http.${room.deps.endpoint()}/git/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`aloft:${token}`).toString("base64")}`,
  };
};

/** AWS: CodeCommit's repositories are opened by the build's role, whose signature the `aws` command gives. */
const codeCommitHelper = ({ deps }: Room): Record<string, string> => {
  const { origin } = new URL(codeCommitUrl(deps.endpoint(), deps.region, ""));
  return {
    GIT_CONFIG_COUNT: "2",
    GIT_CONFIG_KEY_0: `credential.${origin}.helper`,
    GIT_CONFIG_VALUE_0: "!aws codecommit credential-helper $@",
    GIT_CONFIG_KEY_1: `credential.${origin}.useHttpPath`,
    GIT_CONFIG_VALUE_1: "true",
  };
};
