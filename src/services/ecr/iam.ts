import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
const onRepository =
  (action: string) =>
  (room: Room, ctx: Context, input: { readonly repositoryName: string }): AuthorizationRequest =>
    request(action, room, ctx, input.repositoryName);

const onArn =
  (action: string) =>
  (room: Room, ctx: Context, input: { readonly resourceArn: string }): AuthorizationRequest =>
    request(action, room, ctx, input.resourceArn.split(":repository/")[1] ?? "");

const request = (action: string, { repositories }: Room, ctx: Context, name: string): AuthorizationRequest => {
  const repository = repositories.get(name);
  return {
    action: `ecr:${action}`,
    resource: ctx.arn(`repository/${name}`),
    conditions: Object.fromEntries((repository?.tags ?? []).map(({ key, value }) => [`ecr:ResourceTag/${key}`, value])),
    ...(repository?.policy === undefined ? {} : { resourcePolicy: JSON.parse(repository.policy) }),
  };
};

export const iam: IamTable<Room, "ecr"> = {
  CreateRepository: (_room, ctx, { repositoryName, tags = [] }) => ({
    action: "ecr:CreateRepository",
    resource: ctx.arn(`repository/${repositoryName}`),
    conditions: Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
  }),
  DescribeRepositories: (room, ctx, { repositoryNames = ["*"] }) =>
    repositoryNames.map((name) => request("DescribeRepositories", room, ctx, name)),
  DeleteRepository: onRepository("DeleteRepository"),
  PutImageTagMutability: onRepository("PutImageTagMutability"),
  PutImageScanningConfiguration: onRepository("PutImageScanningConfiguration"),
  SetRepositoryPolicy: onRepository("SetRepositoryPolicy"),
  GetRepositoryPolicy: onRepository("GetRepositoryPolicy"),
  DeleteRepositoryPolicy: onRepository("DeleteRepositoryPolicy"),
  PutLifecyclePolicy: onRepository("PutLifecyclePolicy"),
  GetLifecyclePolicy: onRepository("GetLifecyclePolicy"),
  DeleteLifecyclePolicy: onRepository("DeleteLifecyclePolicy"),
  ListImages: onRepository("ListImages"),
  DescribeImages: onRepository("DescribeImages"),
  BatchGetImage: onRepository("BatchGetImage"),
  TagResource: onArn("TagResource"),
  UntagResource: onArn("UntagResource"),
  ListTagsForResource: onArn("ListTagsForResource"),
};
