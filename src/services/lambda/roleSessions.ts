import { known } from "../../kernel/errors.ts";
import type { RolePrincipal } from "../../kernel/principal.ts";
import type { RoomDeps, TemporaryCredentials } from "../../kernel/service.ts";

/** A function's role, assumed: its principal for calls from within, and credentials for its processes. */
export interface RoleSession {
  readonly principal: RolePrincipal;
  readonly credentials: TemporaryCredentials;
}

/** Assumes roles as Lambda; whether a role trusts Lambda is STS's to say. */
export type AssumeRole = (roleArn: string, functionName: string) => Promise<RoleSession>;

/** A session for each call: AWS gives every execution environment credentials of its own. */
export const createRoleSessions =
  ({ account, contextAs }: Pick<RoomDeps, "account" | "contextAs">): AssumeRole =>
  async (roleArn, functionName) => {
    // AWS: the session has the function's name; STS itself takes none of a single character.
    const sessionName = functionName.length > 1 ? functionName : `${functionName}@lambda_function`;
    const lambda = contextAs({ kind: "service", account, service: "lambda.amazonaws.com" });
    const output = await lambda.call("sts", "AssumeRole", { RoleArn: roleArn, RoleSessionName: sessionName });
    const credentials = known(output.Credentials, "the credentials of an assumed role");
    return {
      principal: {
        kind: "role",
        account: roleArn.split(":")[4] || account,
        arn: known(output.AssumedRoleUser?.Arn, "the ARN of an assumed role"),
        userId: known(output.AssumedRoleUser?.AssumedRoleId, "the id of an assumed role"),
        roleArn,
        roleName: roleArn.split("/").at(-1) ?? "",
        sessionName,
      },
      credentials: {
        accessKeyId: known(credentials.AccessKeyId, "an access key id"),
        secretAccessKey: known(credentials.SecretAccessKey, "a secret access key"),
        sessionToken: known(credentials.SessionToken, "a session token"),
        expiration: known(credentials.Expiration, "an expiration").getTime(),
      },
    };
  };

/** A session is used again until this long before its end. */
const RENEW_BEFORE_MS = 15 * 60_000;

/** One session of each function for what Lambda does as its role. */
export const createAssumeRole = ({ clock }: Pick<RoomDeps, "clock">, newSession: AssumeRole): AssumeRole => {
  const sessions = new Map<string, RoleSession>();
  return async (roleArn, functionName) => {
    const key = `${roleArn} ${functionName}`;
    const held = sessions.get(key);
    if (held && held.credentials.expiration - RENEW_BEFORE_MS > clock.now()) return held;
    const session = await newSession(roleArn, functionName);
    sessions.set(key, session);
    return session;
  };
};
