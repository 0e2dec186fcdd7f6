import { type AuthorizationRequest, passRole } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { nameIn } from "./find.ts";
import type { PipeRecord } from "./records.ts";
import type { Room } from "./room.ts";

const SERVICE = "pipes.amazonaws.com";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgepipes.html */
const onPipe =
  (action: string) =>
  ({ pipes }: Room, ctx: Context, { Name }: { readonly Name: string }): AuthorizationRequest => ({
    action: `pipes:${action}`,
    resource: ctx.arn(`pipe/${Name}`),
    conditions: tagsOf(pipes.get(Name)),
  });

const onArn = ({ pipes }: Room, action: string, resourceArn: string): AuthorizationRequest => ({
  action: `pipes:${action}`,
  resource: resourceArn,
  conditions: tagsOf(pipes.get(nameIn(resourceArn))),
});

const tagsOf = (pipe: PipeRecord | undefined) =>
  Object.fromEntries(Object.entries(pipe?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));

/** The tags that a request brings. */
const requestTags = (tags: Readonly<Record<string, string>> = {}) => ({
  ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
  ...tagKeys(Object.keys(tags)),
});

const tagKeys = (keys: readonly string[]) => (keys.length > 0 ? { "aws:TagKeys": keys } : {});

const adding = (request: AuthorizationRequest, conditions: NonNullable<AuthorizationRequest["conditions"]>) => ({
  ...request,
  conditions: { ...request.conditions, ...conditions },
});

export const iam: IamTable<Room, "pipes"> = {
  CreatePipe: (room, ctx, input) => [
    adding(onPipe("CreatePipe")(room, ctx, input), requestTags(input.Tags)),
    passRole(input.RoleArn, SERVICE),
  ],
  UpdatePipe: (room, ctx, input) => [onPipe("UpdatePipe")(room, ctx, input), passRole(input.RoleArn, SERVICE)],
  DeletePipe: onPipe("DeletePipe"),
  DescribePipe: onPipe("DescribePipe"),
  ListPipes: () => ({ action: "pipes:ListPipes", resource: "*" }),
  StartPipe: onPipe("StartPipe"),
  StopPipe: onPipe("StopPipe"),
  TagResource: (room, _ctx, input) => adding(onArn(room, "TagResource", input.resourceArn), requestTags(input.tags)),
  UntagResource: (room, _ctx, input) => adding(onArn(room, "UntagResource", input.resourceArn), tagKeys(input.tagKeys)),
  ListTagsForResource: (room, _ctx, input) => onArn(room, "ListTagsForResource", input.resourceArn),
};
