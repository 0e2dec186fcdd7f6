import { type AuthorizationRequest, passRole } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import type { Room } from "./room.ts";
import { policyOf } from "./topics.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html */
const request = (room: Room, action: string, arn: string): AuthorizationRequest => {
  const topic = room.topics.get(arn);
  return {
    action: `sns:${action}`,
    resource: arn,
    resourcePolicy: topic && JSON.parse(policyOf(topic, room.account)),
    conditions: { "aws:SourceOwner": room.account },
  };
};

const onAccount = (action: string) => () => ({ action: `sns:${action}`, resource: "*" });

const onTopic = (action: string) => (room: Room, _ctx: Context, input: { readonly TopicArn: string }) =>
  request(room, action, input.TopicArn);

const onSubscription = (action: string) => (room: Room, _ctx: Context, input: { readonly SubscriptionArn: string }) =>
  request(room, action, input.SubscriptionArn.split(":").slice(0, 6).join(":"));

const onResource = (action: string) => (room: Room, _ctx: Context, input: { readonly ResourceArn: string }) =>
  request(room, action, input.ResourceArn);

/** The roles that attributes hand to SNS, to log deliveries under. */
const rolesIn = (attributes: Readonly<Record<string, string>>): readonly AuthorizationRequest[] =>
  Object.entries(attributes).flatMap(([name, value]) =>
    value !== "" && name.endsWith("FeedbackRoleArn") ? [passRole(value, "sns.amazonaws.com")] : [],
  );

const onApplication =
  (action: string) =>
  (_room: Room, _ctx: Context, { PlatformApplicationArn: resource }: { readonly PlatformApplicationArn: string }) => ({
    action: `sns:${action}`,
    resource,
  });

export const iam: IamTable<Room, "sns"> = {
  AddPermission: onTopic("AddPermission"),
  RemovePermission: onTopic("RemovePermission"),
  CreateTopic: (room, ctx, input) => [
    request(room, "CreateTopic", ctx.arn(input.Name)),
    ...rolesIn(input.Attributes ?? {}),
  ],
  DeleteTopic: onTopic("DeleteTopic"),
  ListTopics: onAccount("ListTopics"),
  GetTopicAttributes: onTopic("GetTopicAttributes"),
  SetTopicAttributes: (room, ctx, input) => [
    onTopic("SetTopicAttributes")(room, ctx, input),
    ...rolesIn({ [input.AttributeName]: input.AttributeValue ?? "" }),
  ],
  Subscribe: onTopic("Subscribe"),
  // AWS: who visits a SubscribeURL shows the token, which is all it takes; an UnsubscribeURL takes nothing, unless it was
  // confirmed otherwise.
  ConfirmSubscription: (room, ctx, input) =>
    ctx.principal.kind === "anonymous" ? [] : onTopic("ConfirmSubscription")(room, ctx, input),
  Unsubscribe: (room, ctx, input) => {
    const open = room.subscriptions.get(input.SubscriptionArn)?.authenticatesUnsubscribe !== true;
    return ctx.principal.kind === "anonymous" && open ? [] : onSubscription("Unsubscribe")(room, ctx, input);
  },
  ListSubscriptions: onAccount("ListSubscriptions"),
  ListSubscriptionsByTopic: onTopic("ListSubscriptionsByTopic"),
  GetSubscriptionAttributes: onSubscription("GetSubscriptionAttributes"),
  SetSubscriptionAttributes: onSubscription("SetSubscriptionAttributes"),
  Publish: (room, _ctx, input) => request(room, "Publish", input.TopicArn ?? input.TargetArn ?? "*"),
  PublishBatch: onTopic("Publish"),
  CreatePlatformApplication: (_room, _ctx, input) => [
    { action: "sns:CreatePlatformApplication", resource: "*" },
    ...rolesIn(input.Attributes),
  ],
  DeletePlatformApplication: onApplication("DeletePlatformApplication"),
  GetPlatformApplicationAttributes: onApplication("GetPlatformApplicationAttributes"),
  ListPlatformApplications: onAccount("ListPlatformApplications"),
  SetPlatformApplicationAttributes: (room, ctx, input) => [
    onApplication("SetPlatformApplicationAttributes")(room, ctx, input),
    ...rolesIn(input.Attributes),
  ],
  CreatePlatformEndpoint: onApplication("CreatePlatformEndpoint"),
  ListEndpointsByPlatformApplication: onApplication("ListEndpointsByPlatformApplication"),
  DeleteEndpoint: onAccount("DeleteEndpoint"),
  GetEndpointAttributes: onAccount("GetEndpointAttributes"),
  SetEndpointAttributes: onAccount("SetEndpointAttributes"),
  CheckIfPhoneNumberIsOptedOut: onAccount("CheckIfPhoneNumberIsOptedOut"),
  GetSMSAttributes: onAccount("GetSMSAttributes"),
  ListPhoneNumbersOptedOut: onAccount("ListPhoneNumbersOptedOut"),
  OptInPhoneNumber: onAccount("OptInPhoneNumber"),
  SetSMSAttributes: onAccount("SetSMSAttributes"),
  TagResource: onResource("TagResource"),
  UntagResource: onResource("UntagResource"),
  ListTagsForResource: onResource("ListTagsForResource"),
};
