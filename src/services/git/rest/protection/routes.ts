import { keyOf } from "../../../../engines/git/place.ts";
import { nothing, ok, type RepositoryRoute } from "../api.ts";
import { readJson } from "../input.ts";
import { headOf, protectedBranchIn, putProtectionOf } from "./branchIn.ts";
import { protectionFrom } from "./read.ts";
import { protectionView } from "./view.ts";

const getProtection: RepositoryRoute[1] = async (asked) => ok(protectionView(asked, await protectedBranchIn(asked)));

const putProtection: RepositoryRoute[1] = async (asked) => {
  const [name = ""] = asked.params;
  await headOf(asked, name);
  const protection = protectionFrom(name, await readJson(asked));
  putProtectionOf(asked, protection);
  return ok(protectionView(asked, protection));
};

const deleteProtection: RepositoryRoute[1] = async (asked) => {
  const { branch } = await protectedBranchIn(asked);
  asked.room.protections.delete([...keyOf(asked.repository), branch]);
  return nothing;
};

export const protectionRoutes: readonly RepositoryRoute[] = [
  ["GET /branches/**/protection", getProtection],
  ["PUT /branches/**/protection", putProtection],
  ["DELETE /branches/**/protection", deleteProtection],
];
