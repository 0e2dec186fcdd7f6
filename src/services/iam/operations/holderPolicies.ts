import type { Context } from "../../../kernel/context.ts";
import {
  type AttachedListInput,
  attachPolicy,
  deleteInlinePolicy,
  detachPolicy,
  getInlinePolicy,
  type HolderKind,
  listAttachedPolicies,
  listInlinePolicies,
  type PolicyListInput,
  putInlinePolicy,
} from "../holders.ts";
import type { Room } from "../room.ts";

type Named<N extends string> = { readonly [Name in N]: string };

interface InlinePolicy {
  readonly PolicyName: string;
}

interface Attachment {
  readonly PolicyArn: string;
}

/** The operations on the policies of one kind of identity: they differ in what the identity's name is called alone. */
const holderPolicies = <N extends string>(kind: HolderKind, member: N) => ({
  put: (room: Room) => async (_ctx: Context, input: Named<N> & InlinePolicy & { readonly PolicyDocument: string }) => {
    putInlinePolicy(room, kind, input[member], input.PolicyName, input.PolicyDocument);
    return {};
  },
  get: (room: Room) => async (_ctx: Context, input: Named<N> & InlinePolicy) => ({
    ...input,
    PolicyDocument: getInlinePolicy(room, kind, input[member], input.PolicyName),
  }),
  delete: (room: Room) => async (_ctx: Context, input: Named<N> & InlinePolicy) => {
    deleteInlinePolicy(room, kind, input[member], input.PolicyName);
    return {};
  },
  list: (room: Room) => async (_ctx: Context, input: Named<N> & PolicyListInput) =>
    listInlinePolicies(room, kind, input[member], input),
  attach: (room: Room) => async (_ctx: Context, input: Named<N> & Attachment) => {
    attachPolicy(room, kind, input[member], input.PolicyArn);
    return {};
  },
  detach: (room: Room) => async (_ctx: Context, input: Named<N> & Attachment) => {
    detachPolicy(room, kind, input[member], input.PolicyArn);
    return {};
  },
  listAttached: (room: Room) => async (_ctx: Context, input: Named<N> & AttachedListInput) =>
    listAttachedPolicies(room, kind, input[member], input),
});

export const groupPolicies = holderPolicies("group", "GroupName");
export const rolePolicies = holderPolicies("role", "RoleName");
export const userPolicies = holderPolicies("user", "UserName");
