import { keyOf } from "../../../../engines/git/place.ts";
import { refsOf } from "../../../../engines/git/revisions.ts";
import { BRANCH } from "../../protection/protectionOf.ts";
import type { ProtectionRecord } from "../../records.ts";
import { type AskedOf, refuse } from "../api.ts";

/** The commit a branch is at. Throws GitHub's refusal when there is none. */
export const headOf = async ({ room, repository }: AskedOf, name: string): Promise<string> => {
  const id = (await refsOf(room, repository)).get(`${BRANCH}${name}`);
  if (id === undefined) throw refuse(404, "Branch not found");
  return id;
};

export const protectionIn = ({ room, repository }: AskedOf, name: string): ProtectionRecord | undefined =>
  room.protections.get([...keyOf(repository), name]);

/** The rules of the branch that the address names first. */
export const protectedBranchIn = async (asked: AskedOf): Promise<ProtectionRecord> => {
  const [name = ""] = asked.params;
  await headOf(asked, name);
  const protection = protectionIn(asked, name);
  if (!protection) throw refuse(404, "Branch not protected");
  return protection;
};

export const putProtectionOf = ({ room, repository }: AskedOf, protection: ProtectionRecord): void =>
  room.protections.put([...keyOf(repository), protection.branch], protection);
