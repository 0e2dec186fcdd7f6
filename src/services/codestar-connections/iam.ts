import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodestarconnections.html */
const onConnection = (action: string, room: Room, arn: string): AuthorizationRequest => ({
  action: `codestar-connections:${action}`,
  resource: arn,
  conditions: Object.fromEntries(
    (room.connections.get(arn)?.tags ?? []).map(({ key, value }) => [`aws:ResourceTag/${key}`, value]),
  ),
});

const byConnection = (action: string) => (room: Room, _ctx: Context, input: { readonly ConnectionArn: string }) =>
  onConnection(action, room, input.ConnectionArn);

const byResource = (action: string) => (room: Room, _ctx: Context, input: { readonly ResourceArn: string }) =>
  onConnection(action, room, input.ResourceArn);

export const iam: IamTable<Room, "codestar-connections"> = {
  CreateConnection: (_room, _ctx, { ProviderType }) => ({
    action: "codestar-connections:CreateConnection",
    resource: "*",
    ...(ProviderType === undefined ? {} : { conditions: { "codestar-connections:ProviderType": ProviderType } }),
  }),
  GetConnection: byConnection("GetConnection"),
  DeleteConnection: byConnection("DeleteConnection"),
  ListConnections: () => ({ action: "codestar-connections:ListConnections", resource: "*" }),
  TagResource: byResource("TagResource"),
  UntagResource: byResource("UntagResource"),
  ListTagsForResource: byResource("ListTagsForResource"),
};
