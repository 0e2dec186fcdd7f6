import { type HttpRequest, header } from "../../../kernel/http.ts";
import { sameSecret } from "../find.ts";
import { OWNER } from "../limits.ts";
import type { RepositoryRecord } from "../records.ts";
import { OWNER_LOGIN } from "../rest/views.ts";
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
  const { user, password } = basicOf(scheme, value);
  return password || user;
};

/** Names that tools show before a token; they stand for nobody. */
const NOBODY = new Set(["x", "git", "token", "oauth2", "x-access-token", "x-token-auth"]);

/** Differs: whoever shows a password under a name of his own is taken at his word; any other is the owner. */
export const loginOf = ({ headers }: HttpRequest): string => {
  const [scheme = "", value = ""] = (header(headers, "authorization") ?? "").split(/\s+/);
  const { user = "", password } = basicOf(scheme, value);
  return password && OWNER.test(user) && !NOBODY.has(user.toLowerCase()) ? user : OWNER_LOGIN;
};

const basicOf = (scheme: string, value: string): { readonly user?: string; readonly password?: string } => {
  if (scheme.toLowerCase() !== "basic") return {};
  const [user = "", ...password] = Buffer.from(value, "base64").toString().split(":");
  return { user, password: password.join(":") };
};
