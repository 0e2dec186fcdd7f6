import { mergeBase } from "../../../engines/git/commits.ts";
import { gitText } from "../../../engines/git/gitCommand.ts";
import { repositoryPath } from "../../../engines/git/place.ts";
import { peel, refsOf } from "../../../engines/git/revisions.ts";
import { moveRef } from "../moveRef.ts";
import { protectionOf } from "../protection/protectionOf.ts";
import { mirrorRefusal } from "../protection/refusals.ts";
import { type AskedOf, created, invalid, notFound, nothing, ok, type RepositoryRoute, refuse } from "./api.ts";
import { flagIn, readJson, textIn } from "./input.ts";
import { paged } from "./paging.ts";
import { addressesOf, nodeId } from "./views.ts";
import { checkProtection } from "./writeFile.ts";

const getRef: RepositoryRoute[1] = async (asked) => {
  const ref = `refs/${asked.params[0]}`;
  const id = (await refsOf(asked.room, asked.repository)).get(ref);
  if (id === undefined) throw notFound();
  return ok(await refView(asked, ref, id));
};

const matchingRefs: RepositoryRoute[1] = async (asked) => {
  const prefix = `refs/${asked.params[0] ?? ""}`;
  const refs = [...(await refsOf(asked.room, asked.repository))].filter(([ref]) => ref.startsWith(prefix));
  const views = await Promise.all(refs.map(([ref, id]) => refView(asked, ref, id)));
  return paged(asked, views, (view) => view);
};

const createRef: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const ref = textIn(body, "ref");
  const sha = textIn(body, "sha");
  if (!/^refs\/[^/]+\/.+/.test(ref) || !(await isRefName(asked, ref)))
    throw refuse(422, "Reference name must start with 'refs/' and contain at least three components.");
  if ((await refsOf(room, repository)).has(ref)) throw refuse(422, "Reference already exists");
  await checkObject(asked, sha);
  await moveRef(room, repository, { ref, before: undefined, after: sha });
  return created(await refView(asked, ref, sha));
};

const updateRef: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const ref = `refs/${asked.params[0]}`;
  const sha = textIn(body, "sha");
  const before = (await refsOf(room, repository)).get(ref);
  if (before === undefined) throw refuse(422, "Reference does not exist");
  await checkObject(asked, sha);
  const isForward = (await mergeBase(room, repository, before, sha)) === before;
  if (!isForward && flagIn(body, "force") !== true) throw refuse(422, "Update is not a fast forward");
  if (!isForward && protectionOf(room, repository, ref)?.allowForcePushes === false)
    throw refuse(422, "Cannot force-push to a protected branch");
  await checkProtection(room, repository, { ref, before, after: sha, login: asked.caller.login });
  await moveRef(room, repository, { ref, before, after: sha });
  return ok(await refView(asked, ref, sha));
};

const deleteRef: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const ref = `refs/${asked.params[0]}`;
  const before = (await refsOf(room, repository)).get(ref);
  if (before === undefined) throw refuse(422, "Reference does not exist");
  const mirrored = mirrorRefusal(room, repository, ref);
  if (mirrored !== undefined) throw refuse(422, mirrored);
  if (ref === `refs/heads/${repository.defaultBranch}`) throw refuse(422, "Cannot delete the default branch");
  if (protectionOf(room, repository, ref)?.allowDeletions === false)
    throw refuse(422, "Cannot delete a protected branch");
  await moveRef(room, repository, { ref, before, after: undefined });
  return nothing;
};

const isRefName = async ({ room, repository }: AskedOf, ref: string): Promise<boolean> => {
  try {
    await gitText(room, ["check-ref-format", ref], { cwd: repositoryPath(room, repository) });
    return true;
  } catch {
    return false;
  }
};

const checkObject = async ({ room, repository }: AskedOf, sha: string): Promise<void> => {
  if (!/^[0-9a-f]{40}$/.test(sha))
    throw refuse(422, "The sha parameter must be exactly 40 characters and contain only [0-9a-f].");
  if ((await peel(room, repository, sha)) === undefined)
    throw invalid("Reference", "sha", "invalid", "Object does not exist");
};

const refView = async ({ room, repository }: AskedOf, ref: string, id: string) => {
  const { api } = addressesOf(room, repository);
  const isTag = ref.startsWith("refs/tags/") && (await peel(room, repository, id)) !== id;
  const type = isTag ? "tag" : "commit";
  return {
    ref,
    node_id: nodeId("Ref", repository.owner, repository.name, ref),
    url: `${api}/git/${ref}`,
    object: { sha: id, type, url: `${api}/git/${type}s/${id}` },
  };
};

const listTags: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const { api } = addressesOf(room, repository);
  const tags = [...(await refsOf(room, repository))].filter(([ref]) => ref.startsWith("refs/tags/")).reverse();
  const views = await Promise.all(
    tags.map(async ([ref, id]) => {
      const name = ref.slice("refs/tags/".length);
      const sha = (await peel(room, repository, id)) ?? id;
      return { name, commit: { sha, url: `${api}/commits/${sha}` }, node_id: nodeId("Ref", ref) };
    }),
  );
  return paged(asked, views, (view) => view);
};

export const refRoutes: readonly RepositoryRoute[] = [
  ["GET /git/ref/**", getRef],
  ["GET /git/refs", matchingRefs],
  ["GET /git/matching-refs/**", matchingRefs],
  ["GET /git/refs/**", getRef],
  ["POST /git/refs", createRef],
  ["PATCH /git/refs/**", updateRef],
  ["DELETE /git/refs/**", deleteRef],
  ["GET /tags", listTags],
];
