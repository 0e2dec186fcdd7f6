import type { HolderKind } from "./holders.ts";
import type { PolicyHolder } from "./records.ts";
import type { Room } from "./room.ts";

type Holders = Pick<Room, "roles" | "users" | "groups">;

export interface Attachment {
  readonly kind: HolderKind;
  readonly holder: PolicyHolder;
  /** Whether it binds the identity as its boundary rather than giving it permissions. */
  readonly asBoundary: boolean;
}

/** Where managed policies are attached, by their ARN. Made for one answer: it reads every identity. */
export const attachmentsByPolicy = (room: Holders): ReadonlyMap<string, readonly Attachment[]> => {
  const found = new Map<string, Attachment[]>();
  const add = (arn: string, attachment: Attachment) => {
    const known = found.get(arn);
    if (known) known.push(attachment);
    else found.set(arn, [attachment]);
  };
  for (const [kind, holder] of allHolders(room)) {
    for (const arn of holder.attachedPolicies) add(arn, { kind, holder, asBoundary: false });
    if ("boundaryArn" in holder && typeof holder.boundaryArn === "string") {
      add(holder.boundaryArn, { kind, holder, asBoundary: true });
    }
  }
  return found;
};

function* allHolders({ groups, users, roles }: Holders): Iterable<readonly [HolderKind, PolicyHolder]> {
  for (const group of groups.list()) yield ["group", group];
  for (const user of users.list()) yield ["user", user];
  for (const role of roles.list()) yield ["role", role];
}
