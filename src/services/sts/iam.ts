import type { Tag } from "@aws-sdk/client-sts";
import { parseArn } from "../../kernel/arn.ts";
import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { IamTable } from "../../kernel/service.ts";
import { validationError } from "./errors.ts";
import { federatedUserArn } from "./federation.ts";
import { gaveSecondFactor } from "./mfa.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html */
export const iam: IamTable<Room, "sts"> = {
  AssumeRole: (room, ctx, input): readonly AuthorizationRequest[] => {
    // AWS: what is no ARN is refused before anybody is asked.
    if (!parseArn(input.RoleArn)?.resource) throw validationError(`${input.RoleArn} is invalid`);
    const conditions = {
      "sts:RoleSessionName": input.RoleSessionName,
      ...(input.ExternalId === undefined ? {} : { "sts:ExternalId": input.ExternalId }),
      ...(input.SourceIdentity === undefined ? {} : { "sts:SourceIdentity": input.SourceIdentity }),
      ...(input.TransitiveTagKeys ? { "sts:TransitiveTagKeys": input.TransitiveTagKeys } : {}),
      ...requestTags(input.Tags),
      // AWS: the role's trust policy may ask for a second factor; the session does not remember it.
      ...(gaveSecondFactor(room, ctx.principal, input) ? JUST_GIVEN : {}),
    };
    const request = (action: string) => ({ action: `sts:${action}`, resource: input.RoleArn, conditions });
    // AWS: tags and a source identity each ask for a permission of their own, in both policies.
    return [
      request("AssumeRole"),
      ...(input.Tags?.length ? [request("TagSession")] : []),
      ...(input.SourceIdentity === undefined ? [] : [request("SetSourceIdentity")]),
    ];
  },
  // The trust policy is asked once the token is known to be right.
  AssumeRoleWithWebIdentity: () => [],
  // AWS: needs no permission, and cannot be denied.
  GetCallerIdentity: () => [],
  GetFederationToken: (_room, ctx, input): readonly AuthorizationRequest[] => {
    const resource = federatedUserArn(ctx, input.Name);
    const conditions = requestTags(input.Tags);
    const request = (action: string) => ({ action: `sts:${action}`, resource, conditions });
    return [request("GetFederationToken"), ...(input.Tags?.length ? [request("TagSession")] : [])];
  },
  // AWS: a user may always ask for a token of its own.
  GetSessionToken: () => [],
  GetAccessKeyInfo: () => ({ action: "sts:GetAccessKeyInfo", resource: "*" }),
  DecodeAuthorizationMessage: () => ({ action: "sts:DecodeAuthorizationMessage", resource: "*" }),
};

const JUST_GIVEN = { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "0" };

const requestTags = (tags: readonly Tag[] = []): Readonly<Record<string, string | readonly string[]>> =>
  tags.length === 0
    ? {}
    : {
        "aws:TagKeys": tags.map(({ Key = "" }) => Key),
        ...Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, Value])),
      };
