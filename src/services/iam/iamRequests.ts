import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { TagRecord } from "./records.ts";
import type { Room } from "./room.ts";

export type Conditions = Readonly<Record<string, string | readonly string[]>>;

type Request<I> = (room: Room, ctx: Context, input: I) => AuthorizationRequest;

interface TagInput {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** A request of an action on the role its input names. */
export const onRole =
  <C = unknown>(action: string, conditions?: (input: C) => Conditions): Request<C & { readonly RoleName: string }> =>
  (room, _ctx, input) => {
    const role = room.roles.get(input.RoleName);
    return {
      action: `iam:${action}`,
      resource: role?.arn ?? arnOf(room, "role", "/", input.RoleName),
      conditions: { ...resourceTags(role?.tags), ...boundary(role?.boundaryArn), ...conditions?.(input) },
    };
  };

/** The same for a user; one that is not named is the caller. */
export const onUser =
  <C = unknown>(
    action: string,
    conditions?: (input: C) => Conditions,
  ): Request<C & { readonly UserName?: string | undefined }> =>
  (room, ctx, input) => {
    const name = input.UserName ?? (ctx.principal.kind === "user" ? ctx.principal.userName : "");
    const user = room.users.get(name);
    return {
      action: `iam:${action}`,
      resource: user?.arn ?? arnOf(room, "user", "/", name),
      conditions: { ...resourceTags(user?.tags), ...boundary(user?.boundaryArn), ...conditions?.(input) },
    };
  };

export const onGroup =
  <C = unknown>(action: string, conditions?: (input: C) => Conditions): Request<C & { readonly GroupName: string }> =>
  (room, _ctx, input) => ({
    action: `iam:${action}`,
    resource: room.groups.get(input.GroupName)?.arn ?? arnOf(room, "group", "/", input.GroupName),
    conditions: { ...conditions?.(input) },
  });

export const onPolicy =
  <C = unknown>(action: string, conditions?: (input: C) => Conditions): Request<C & { readonly PolicyArn: string }> =>
  (room, _ctx, input) => {
    const { PolicyArn } = input;
    const policy = room.policies.get(PolicyArn.slice(PolicyArn.lastIndexOf("/") + 1));
    const own = policy?.arn === PolicyArn ? policy : undefined;
    return {
      action: `iam:${action}`,
      resource: PolicyArn,
      conditions: { ...resourceTags(own?.tags), ...conditions?.(input) },
    };
  };

export const onProfile =
  <C = unknown>(
    action: string,
    conditions?: (input: C) => Conditions,
  ): Request<C & { readonly InstanceProfileName: string }> =>
  (room, _ctx, input) => {
    const profile = room.instanceProfiles.get(input.InstanceProfileName);
    return {
      action: `iam:${action}`,
      resource: profile?.arn ?? arnOf(room, "instance-profile", "/", input.InstanceProfileName),
      conditions: { ...resourceTags(profile?.tags), ...conditions?.(input) },
    };
  };

export const onProvider =
  <C = unknown>(
    action: string,
    conditions?: (input: C) => Conditions,
  ): Request<C & { readonly OpenIDConnectProviderArn: string }> =>
  (room, _ctx, input) => ({
    action: `iam:${action}`,
    resource: input.OpenIDConnectProviderArn,
    conditions: {
      ...resourceTags(room.oidcProviders.get(input.OpenIDConnectProviderArn)?.tags),
      ...conditions?.(input),
    },
  });

export const onDevice =
  <C = unknown>(
    action: string,
    conditions?: (input: C) => Conditions,
  ): Request<C & { readonly SerialNumber: string }> =>
  (room, _ctx, input) => ({
    action: `iam:${action}`,
    resource: input.SerialNumber,
    conditions: { ...resourceTags(room.mfaDevices.get(input.SerialNumber)?.tags), ...conditions?.(input) },
  });

/** A request of an action on what does not exist yet, or on all there is below a path. */
export const onPath =
  <I>(
    action: string,
    kind: string,
    place: (input: I) => { readonly path?: string | undefined; readonly name?: string },
    conditions?: (input: I) => Conditions,
  ): Request<I> =>
  (room, _ctx, input) => {
    const { path = "/", name = "" } = place(input);
    return {
      action: `iam:${action}`,
      resource: arnOf(room, kind, path, name),
      conditions: { ...conditions?.(input) },
    };
  };

export const onAll = (action: string) => (): AuthorizationRequest => ({ action: `iam:${action}`, resource: "*" });

export const policyArn = ({ PolicyArn }: { readonly PolicyArn: string }): Conditions => ({
  "iam:PolicyARN": PolicyArn,
});

export const boundary = (arn: string | undefined): Conditions =>
  arn === undefined ? {} : { "iam:PermissionsBoundary": arn };

export const requestTags = ({ Tags }: { readonly Tags?: readonly TagInput[] | undefined }): Conditions => ({
  ...Object.fromEntries((Tags ?? []).map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, Value])),
  ...(Tags === undefined ? {} : { "aws:TagKeys": Tags.map(({ Key = "" }) => Key) }),
});

export const tagKeys = ({ TagKeys }: { readonly TagKeys: readonly string[] }): Conditions => ({
  "aws:TagKeys": TagKeys,
});

const arnOf = ({ partition, account }: Room, kind: string, path: string, name: string): string =>
  `arn:${partition}:iam::${account}:${kind}${path}${name}`;

/** The tags of what a request touches, under both keys that IAM knows them by. */
export const resourceTags = (tags: readonly TagRecord[] = []): Conditions =>
  Object.fromEntries(
    tags.flatMap(({ key, value }) => [
      [`aws:ResourceTag/${key}`, value],
      [`iam:ResourceTag/${key}`, value],
    ]),
  );
