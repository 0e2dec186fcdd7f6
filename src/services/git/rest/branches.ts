import { refsOf } from "../../../engines/git/revisions.ts";
import { BRANCH } from "../protection/protectionOf.ts";
import { ok, type RepositoryRoute } from "./api.ts";
import { detailOf } from "./commits.ts";
import { paged } from "./paging.ts";
import { headOf, protectionIn } from "./protection/branchIn.ts";
import { protectionPartRoutes } from "./protection/parts.ts";
import { protectionRoutes } from "./protection/routes.ts";
import { addressesOf, commitView } from "./views.ts";

const listBranches: RepositoryRoute[1] = async (asked) => {
  const { room, repository, query } = asked;
  const { api } = addressesOf(room, repository);
  const wanted = query.get("protected");
  const branches = [...(await refsOf(room, repository))].flatMap(([ref, id]) => {
    if (!ref.startsWith(BRANCH)) return [];
    const name = ref.slice(BRANCH.length);
    const isProtected = protectionIn(asked, name) !== undefined;
    if (wanted !== null && isProtected !== (wanted === "true")) return [];
    const url = `${api}/commits/${id}`;
    return [{ name, commit: { sha: id, url }, protected: isProtected }];
  });
  return paged(asked, branches, (branch) => branch);
};

const getBranch: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const [name = ""] = asked.params;
  const commit = await detailOf(asked, await headOf(asked, name));
  const { api, html } = addressesOf(room, repository);
  const protection = protectionIn(asked, name);
  return ok({
    name,
    commit: commitView(room, repository, commit),
    _links: { self: `${api}/branches/${name}`, html: `${html}/tree/${name}` },
    protected: protection !== undefined,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: {
        enforcement_level: protection?.requiredChecks ? (protection.enforceAdmins ? "everyone" : "non_admins") : "off",
        contexts: protection?.requiredChecks?.contexts ?? [],
        checks: [],
      },
    },
    protection_url: `${api}/branches/${name}/protection`,
  });
};

export const branchRoutes: readonly RepositoryRoute[] = [
  ["GET /branches", listBranches],
  ...protectionRoutes,
  ...protectionPartRoutes,
  ["GET /branches/**", getBranch],
];
