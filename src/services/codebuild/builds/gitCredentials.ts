import type { BuildSource } from "../../../engines/build/spec.ts";
import type { Room } from "../room.ts";
import { tokenOf } from "./gitSource.ts";

/**
 * What lets `git` in a build's commands use the credentials of its source, for buildspecs with `git-credential-helper: yes`.
 * Only this cloud's Git host is told them.
 */
export const gitCredentials = (room: Room, source: BuildSource): Record<string, string> => {
  const token = tokenOf(room, source);
  if (token === undefined) return {};
  return {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `http.${room.deps.endpoint()}/git/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`aloft:${token}`).toString("base64")}`,
  };
};
