import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { arnResource, referenceOf } from "./names.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html */
const request = (room: Room, ctx: Context, action: string, text: string): AuthorizationRequest => {
  const { name } = referenceOf(text);
  const tags = room.parameters.get(name)?.tags ?? [];
  return {
    action: `ssm:${action}`,
    resource: ctx.arn(arnResource(name)),
    conditions: Object.fromEntries(tags.map(({ key, value }) => [`aws:ResourceTag/${key}`, value])),
  };
};

const onName = (action: string) => (room: Room, ctx: Context, input: { readonly Name: string }) =>
  request(room, ctx, action, input.Name);

const onNames = (action: string) => (room: Room, ctx: Context, input: { readonly Names: readonly string[] }) =>
  input.Names.map((name) => request(room, ctx, action, name));

interface Tagged {
  readonly ResourceType: string;
  readonly ResourceId: string;
}

const onTagged = (action: string) => (room: Room, ctx: Context, input: Tagged) =>
  input.ResourceType === "Parameter"
    ? request(room, ctx, action, input.ResourceId)
    : { action: `ssm:${action}`, resource: ctx.arn(`${input.ResourceType.toLowerCase()}/${input.ResourceId}`) };

export const iam: IamTable<Room, "ssm"> = {
  AddTagsToResource: onTagged("AddTagsToResource"),
  DeleteParameter: onName("DeleteParameter"),
  DeleteParameters: onNames("DeleteParameters"),
  DescribeParameters: (_room, ctx) => ({ action: "ssm:DescribeParameters", resource: ctx.arn("*") }),
  GetParameter: onName("GetParameter"),
  GetParameterHistory: onName("GetParameterHistory"),
  GetParameters: onNames("GetParameters"),
  GetParametersByPath: (room, ctx, input) => ({
    ...request(room, ctx, "GetParametersByPath", input.Path.replace(/(.)\/$/, "$1")),
    conditions: { "ssm:Recursive": String(input.Recursive ?? false) },
  }),
  LabelParameterVersion: onName("LabelParameterVersion"),
  ListTagsForResource: onTagged("ListTagsForResource"),
  PutParameter: (room, ctx, input) => ({
    ...request(room, ctx, "PutParameter", input.Name),
    conditions: {
      ...request(room, ctx, "PutParameter", input.Name).conditions,
      "ssm:Overwrite": String(input.Overwrite ?? false),
      ...Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    },
  }),
  RemoveTagsFromResource: onTagged("RemoveTagsFromResource"),
  UnlabelParameterVersion: onName("UnlabelParameterVersion"),
};
