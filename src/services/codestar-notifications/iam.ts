import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodestarnotifications.html */
const onRule =
  (action: string) =>
  (room: Room, _ctx: Context, { Arn }: { readonly Arn: string }) => ({
    action: `codestar-notifications:${action}`,
    resource: Arn,
    conditions: Object.fromEntries(
      Object.entries(room.rules.get(Arn)?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
    ),
  });

export const iam: IamTable<Room, "codestar-notifications"> = {
  CreateNotificationRule: (_room, ctx, input) => ({
    action: "codestar-notifications:CreateNotificationRule",
    resource: ctx.arn("notificationrule/*"),
    conditions: { "codestar-notifications:NotificationsForResource": input.Resource },
  }),
  DeleteNotificationRule: onRule("DeleteNotificationRule"),
  DescribeNotificationRule: onRule("DescribeNotificationRule"),
  ListTagsForResource: onRule("ListTagsForResource"),
  Subscribe: onRule("Subscribe"),
  TagResource: onRule("TagResource"),
  Unsubscribe: onRule("Unsubscribe"),
  UntagResource: onRule("UntagResource"),
  UpdateNotificationRule: onRule("UpdateNotificationRule"),
};
