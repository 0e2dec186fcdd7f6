import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { refsOf } from "../bareRepository.ts";
import { keyOf, type ProtectionRecord } from "../records.ts";
import { type AskedOf, nothing, ok, type RepositoryRoute, refuse } from "./api.ts";
import { detailOf } from "./commits.ts";
import { flagIn, objectIn, readJson, textsIn } from "./input.ts";
import { paged } from "./paging.ts";
import { protectionView } from "./protectionView.ts";
import { addressesOf, commitView } from "./views.ts";

const BRANCH = "refs/heads/";

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

const headOf = async ({ room, repository }: AskedOf, name: string): Promise<string> => {
  const id = (await refsOf(room, repository)).get(`${BRANCH}${name}`);
  if (id === undefined) throw refuse(404, "Branch not found");
  return id;
};

const protectionIn = ({ room, repository }: AskedOf, name: string) =>
  room.protections.get([...keyOf(repository), name]);

const getProtection: RepositoryRoute[1] = async (asked) => {
  const [name = ""] = asked.params;
  await headOf(asked, name);
  const protection = protectionIn(asked, name);
  if (!protection) throw refuse(404, "Branch not protected");
  return ok(protectionView(asked, protection));
};

/** https://docs.github.com/en/rest/branches/branch-protection#update-branch-protection */
const putProtection: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const [name = ""] = asked.params;
  await headOf(asked, name);
  const body = await readJson(asked);
  for (const member of REQUIRED) {
    if (body[member] === undefined) throw refuse(422, `Invalid request.\n\n"${member}" wasn't supplied.`);
  }
  const reviews = objectIn(body, "required_pull_request_reviews");
  refuseUnbuilt(body, reviews);
  const checks = objectIn(body, "required_status_checks");
  const protection: ProtectionRecord = {
    branch: name,
    allowForcePushes: flagIn(body, "allow_force_pushes") ?? false,
    allowDeletions: flagIn(body, "allow_deletions") ?? false,
    enforceAdmins: flagIn(body, "enforce_admins") ?? false,
    ...(checks ? { requiredChecks: { strict: flagIn(checks, "strict") ?? false, contexts: contextsIn(checks) } } : {}),
    pullRequests: reviews !== undefined,
  };
  room.protections.put([...keyOf(repository), name], protection);
  return ok(protectionView(asked, protection));
};

const REQUIRED = ["required_status_checks", "enforce_admins", "required_pull_request_reviews", "restrictions"];

/** Rules that nothing here would hold anybody to are refused. */
const refuseUnbuilt = (body: JsonObject, reviews: JsonObject | undefined): void => {
  if (body["restrictions"] !== null) throw unbuilt("restrictions");
  for (const name of ["required_linear_history", "required_conversation_resolution", "lock_branch"])
    if (flagIn(body, name)) throw unbuilt(name);
  const count = reviews?.["required_approving_review_count"];
  if (reviews && count !== 0) throw unbuilt("required_approving_review_count above 0");
  for (const name of ["dismiss_stale_reviews", "require_code_owner_reviews", "require_last_push_approval"])
    if (reviews && flagIn(reviews, name)) throw unbuilt(name);
};

const unbuilt = (what: string) => refuse(501, `aloft has not built the protection of branches by ${what} yet.`);

const contextsIn = (checks: JsonObject): readonly string[] => {
  const named = textsIn(checks, "contexts") ?? [];
  const listed = Array.isArray(checks["checks"]) ? checks["checks"] : [];
  const more = listed.flatMap((each) =>
    isJsonObject(each) && typeof each["context"] === "string" ? [each["context"]] : [],
  );
  return [...new Set([...named, ...more])];
};

const deleteProtection: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const [name = ""] = asked.params;
  await headOf(asked, name);
  if (!room.protections.delete([...keyOf(repository), name])) throw refuse(404, "Branch not protected");
  return nothing;
};

export const branchRoutes: readonly RepositoryRoute[] = [
  ["GET /branches", listBranches],
  ["GET /branches/**/protection", getProtection],
  ["PUT /branches/**/protection", putProtection],
  ["DELETE /branches/**/protection", deleteProtection],
  ["GET /branches/**", getBranch],
];
