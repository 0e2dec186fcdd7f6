import { type HttpRequest, header } from "../../../kernel/http.ts";
import { sameSecret } from "../find.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { GitDoorParts } from "./parts.ts";

/** The secret that holds the owner's own token, by the name the reference solution gives it. */
const TOKEN_SECRET = "github/personal-access-token";

/** Whether a password is the owner's: the cloud's secret access key, or the token that lies in Secrets Manager. */
export const opensAll = async ({ secretAccessKey, secret }: GitDoorParts, password: string): Promise<boolean> => {
  if (sameSecret(secretAccessKey, password)) return true;
  const token = await secret(TOKEN_SECRET);
  return token !== undefined && token !== "" && sameSecret(token, password);
};

/** Whether a password is the repository's own token. */
export const opens = ({ deps }: Pick<Room, "deps">, { sealedToken }: RepositoryRecord, password: string): boolean =>
  sealedToken !== undefined && sameSecret(deps.cipher.open(sealedToken), password);

/** The token, which GitHub takes as the password, or alone in place of the user's name, or as a bearer's. */
export const passwordOf = ({ headers }: HttpRequest): string | undefined => {
  const [scheme = "", value = ""] = (header(headers, "authorization") ?? "").split(/\s+/);
  if (/^(token|bearer)$/i.test(scheme)) return value === "" ? undefined : value;
  if (scheme.toLowerCase() !== "basic") return undefined;
  const [user = "", ...password] = Buffer.from(value, "base64").toString().split(":");
  return password.join(":") || user;
};
