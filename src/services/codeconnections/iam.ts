import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import type { Name } from "./names.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodeconnections.html, and the same of the first name. */
export const iamUnder = (name: Name): IamTable<Room, Name> => {
  const onConnection = (action: string, { connections }: Room, arn: string): AuthorizationRequest => ({
    action: `${name}:${action}`,
    resource: arn,
    conditions: Object.fromEntries(
      (connections.get(arn)?.tags ?? []).map(({ key, value }) => [`aws:ResourceTag/${key}`, value]),
    ),
  });
  const byConnection = (action: string) => (room: Room, _ctx: Context, input: { readonly ConnectionArn: string }) =>
    onConnection(action, room, input.ConnectionArn);
  const byResource = (action: string) => (room: Room, _ctx: Context, input: { readonly ResourceArn: string }) =>
    onConnection(action, room, input.ResourceArn);
  return {
    CreateConnection: (_room, _ctx, { ProviderType }) => ({
      action: `${name}:CreateConnection`,
      resource: "*",
      ...(ProviderType === undefined ? {} : { conditions: { [`${name}:ProviderType`]: ProviderType } }),
    }),
    GetConnection: byConnection("GetConnection"),
    DeleteConnection: byConnection("DeleteConnection"),
    ListConnections: () => ({ action: `${name}:ListConnections`, resource: "*" }),
    TagResource: byResource("TagResource"),
    UntagResource: byResource("UntagResource"),
    ListTagsForResource: byResource("ListTagsForResource"),
  };
};
