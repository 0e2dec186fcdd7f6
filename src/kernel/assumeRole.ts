import { parseArn } from "./arn.ts";
import type { Context } from "./context.ts";
import { known } from "./errors.ts";
import type { RolePrincipal, ServicePrincipal } from "./principal.ts";

/** What a service says of itself when it assumes a role. */
export interface AssumingService {
  /** `codepipeline.amazonaws.com` */
  readonly service: string;
  /** The resource on whose behalf: `aws:SourceArn` in the trust policy. */
  readonly sourceArn?: string;
}

/**
 * The same context under a role, which a service assumes as AWS's services do: by STS, which evaluates the role's trust
 * policy. Throws STS's AccessDenied when the role does not trust the service.
 */
export const assumeRole = async (
  ctx: Context,
  { service, sourceArn }: AssumingService,
  roleArn: string,
  name: string,
): Promise<Context> => {
  const sessionName = asSessionName(name);
  const self: ServicePrincipal = {
    kind: "service",
    account: ctx.account,
    service,
    ...(sourceArn ? { sourceArn } : {}),
  };
  const answer = await ctx.as(self).call("sts", "AssumeRole", { RoleArn: roleArn, RoleSessionName: sessionName });
  const user = known(answer.AssumedRoleUser, "the assumed role's user");
  return ctx.as(
    rolePrincipal(roleArn, sessionName, known(user.Arn, "its ARN"), known(user.AssumedRoleId, "its id")),
    service,
  );
};

const MAX_SESSION_NAME_LENGTH = 64;
const MIN_SESSION_NAME_LENGTH = 2;

/** Services name sessions after what they run, whose names STS would not always take. */
const asSessionName = (name: string): string =>
  name
    .replace(/[^\w+=,.@-]/g, "-")
    .slice(0, MAX_SESSION_NAME_LENGTH)
    .padEnd(MIN_SESSION_NAME_LENGTH, "-");

const rolePrincipal = (roleArn: string, sessionName: string, arn: string, userId: string): RolePrincipal => {
  const role = known(parseArn(roleArn), `a role in ${roleArn}`);
  return {
    kind: "role",
    account: role.account,
    arn,
    userId,
    roleArn,
    roleName: role.resource.split("/").at(-1) ?? "",
    sessionName,
  };
};
