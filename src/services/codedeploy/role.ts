import { assumeRole } from "../../kernel/assumeRole.ts";
import type { Context } from "../../kernel/context.ts";
import { groupArn } from "./arns.ts";
import type { GroupRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const SERVICE_PRINCIPAL = "codedeploy.amazonaws.com";

/** The context of a group's service role. Throws STS's refusal. */
export const serviceRole = (
  { deps }: Pick<Room, "deps">,
  { application, name, serviceRoleArn }: GroupRecord,
  sessionName: string,
  traceId?: string,
): Promise<Context> => {
  const sourceArn = groupArn(deps, application, name);
  const self = deps
    .contextAs({ kind: "service", account: deps.account, service: SERVICE_PRINCIPAL, sourceArn })
    .traced(traceId);
  return assumeRole(self, { service: SERVICE_PRINCIPAL, sourceArn }, serviceRoleArn, sessionName);
};
