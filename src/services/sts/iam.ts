import { parseArn } from "../../kernel/arn.ts";
import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { IamTable } from "../../kernel/service.ts";
import { validationError } from "./errors.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html */
export const iam: IamTable<Room, "sts"> = {
  AssumeRole: (_room, _ctx, input): readonly AuthorizationRequest[] => {
    // AWS: what is no ARN is refused before anybody is asked.
    if (!parseArn(input.RoleArn)?.resource) throw validationError(`${input.RoleArn} is invalid`);
    const tags = input.Tags ?? [];
    const conditions = {
      "sts:RoleSessionName": input.RoleSessionName,
      ...(input.ExternalId === undefined ? {} : { "sts:ExternalId": input.ExternalId }),
      ...(input.SourceIdentity === undefined ? {} : { "sts:SourceIdentity": input.SourceIdentity }),
      ...(input.TransitiveTagKeys ? { "sts:TransitiveTagKeys": input.TransitiveTagKeys } : {}),
      ...(tags.length === 0 ? {} : { "aws:TagKeys": tags.map(({ Key = "" }) => Key) }),
      ...Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, Value])),
    };
    const request = (action: string) => ({ action: `sts:${action}`, resource: input.RoleArn, conditions });
    // AWS: tags and a source identity each ask for a permission of their own, in both policies.
    return [
      request("AssumeRole"),
      ...(tags.length > 0 ? [request("TagSession")] : []),
      ...(input.SourceIdentity === undefined ? [] : [request("SetSourceIdentity")]),
    ];
  },
  // The trust policy is asked once the token is known to be right.
  AssumeRoleWithWebIdentity: () => [],
  // AWS: needs no permission, and cannot be denied.
  GetCallerIdentity: () => [],
  // AWS: a user may always ask for a token of its own.
  GetSessionToken: () => [],
  GetAccessKeyInfo: () => ({ action: "sts:GetAccessKeyInfo", resource: "*" }),
  DecodeAuthorizationMessage: () => ({ action: "sts:DecodeAuthorizationMessage", resource: "*" }),
};
