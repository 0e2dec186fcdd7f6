import type { KnownCredentials } from "../kernel/credentials.ts";
import type { FindGitCaller, GitLogin } from "../kernel/gitHost.ts";
import { type Principal, rootOf } from "../kernel/principal.ts";
import { type AuthenticateParts, credentialsFinder, machineTime } from "./authenticate.ts";
import { gitSignature } from "./signature/gitSignature.ts";
import { isSameSignature } from "./signature/signingKey.ts";
import { MAX_SKEW_MS, parseBasicTime } from "./signature/time.ts";

/** What is asked of IAM: whose a name and a password for one service are. */
type FindServicePassword = (service: string, userName: string, password: string) => Principal | undefined;

/**
 * Whom Git's user name and password stand for in CodeCommit: those that IAM made for the service, or what
 * `aws codecommit credential-helper` writes: an access key, with `%` and the session's token, and a signature.
 */
export const createGitCaller = (
  parts: AuthenticateParts & { readonly findServicePassword: FindServicePassword },
): FindGitCaller => {
  const findCredentials = credentialsFinder(parts);
  return (login) => {
    const [, accessKeyId = "", token] = /^([^%]+)(?:%(.+))?$/.exec(login.user) ?? [];
    const credentials = findCredentials(accessKeyId, token);
    if (parts.auth === "open") return credentials?.principal ?? rootOf(parts.account);
    if (credentials && isSignedBy(login, credentials, parts.clock.now())) return credentials.principal;
    return parts.findServicePassword("codecommit.amazonaws.com", login.user, login.password);
  };
};

/** The time, and the signature in hex. */
const SIGNED = /^(\d{8}T\d{6})Z([0-9a-f]{64})$/;

const isSignedBy = (login: GitLogin, { secretAccessKey, expiration }: KnownCredentials, cloudTime: number): boolean => {
  const [, time = "", signature = ""] = SIGNED.exec(login.password) ?? [];
  const signedAt = parseBasicTime(`${time}Z`);
  if (signedAt === undefined || Math.abs(signedAt - machineTime()) > MAX_SKEW_MS) return false;
  if (expiration !== undefined && expiration < cloudTime) return false;
  return isSameSignature(gitSignature(secretAccessKey, { ...login, time }), signature);
};
