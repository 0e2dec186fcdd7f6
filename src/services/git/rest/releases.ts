import { keyOf } from "../../../engines/git/place.ts";
import { refsOf } from "../../../engines/git/revisions.ts";
import { emit } from "../emit.ts";
import { moveRef } from "../moveRef.ts";
import type { ReleaseRecord } from "../records.ts";
import { nextNumber } from "../room.ts";
import { tell } from "../webhooks/events.ts";
import { type AskedOf, created, invalid, notFound, nothing, ok, type RepositoryRoute } from "./api.ts";
import { assetsOf, assetView, releaseIn, removeAsset } from "./assets.ts";
import { resolveCommit } from "./commits.ts";
import { flagIn, optionalTextIn, readJson, textIn } from "./input.ts";
import { paged } from "./paging.ts";
import { addressesOf, isoTime, nodeId, OWNER_LOGIN, userView } from "./views.ts";

/** https://docs.github.com/en/rest/releases/releases */
const releaseView = (asked: AskedOf, release: ReleaseRecord) => {
  const { room, repository } = asked;
  const { api, html } = addressesOf(room, repository);
  const { id, tag } = release;
  return {
    url: `${api}/releases/${id}`,
    html_url: `${html}/commits/${tag}`,
    assets_url: `${api}/releases/${id}/assets`,
    upload_url: `${api}/releases/${id}/assets{?name,label}`,
    id,
    node_id: nodeId("Release", id),
    tag_name: tag,
    target_commitish: release.target,
    name: release.name,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    author: userView(room, OWNER_LOGIN),
    created_at: isoTime(release.createdAt),
    published_at: release.publishedAt === undefined ? null : isoTime(release.publishedAt),
    assets: assetsOf(asked, release).map((asset) => assetView(asked, asset)),
    tarball_url: `${api}/tarball/${tag}`,
    zipball_url: `${api}/zipball/${tag}`,
  };
};

const releasesOf = ({ room, repository }: AskedOf): readonly ReleaseRecord[] => [
  ...room.releases.values({ prefix: keyOf(repository), reverse: true }),
];

const createRelease: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const tag = textIn(body, "tag_name");
  if (releasesOf(asked).some((release) => release.tag === tag && !release.draft)) {
    throw invalid("Release", "tag_name", "already_exists");
  }
  const draft = flagIn(body, "draft") ?? false;
  const release: ReleaseRecord = {
    id: nextNumber(room, "releases"),
    tag,
    target: optionalTextIn(body, "target_commitish") ?? repository.defaultBranch,
    name: optionalTextIn(body, "name") ?? null,
    body: optionalTextIn(body, "body") ?? null,
    draft,
    prerelease: flagIn(body, "prerelease") ?? false,
    createdAt: room.clock.now(),
  };
  const kept = draft ? release : await published(asked, release);
  room.releases.put([...keyOf(repository), kept.id], kept);
  return created(releaseView(asked, kept));
};

/** GitHub: a release that is no draft makes its tag where there is none yet. */
const published = async (asked: AskedOf, release: ReleaseRecord): Promise<ReleaseRecord> => {
  const { room, repository } = asked;
  const ref = `refs/tags/${release.tag}`;
  const commit = await resolveCommit(asked, release.target).catch(() => {
    throw invalid("Release", "target_commitish", "invalid");
  });
  if (!(await refsOf(room, repository)).has(ref)) {
    await moveRef(room, repository, { ref, before: undefined, after: commit });
  }
  const kept = { ...release, draft: false, publishedAt: room.clock.now() };
  const { tag, name, prerelease } = kept;
  emit(room, repository, "Git Release", { tag, name: name ?? "", prerelease, commit });
  for (const action of ["published", prerelease ? "prereleased" : "released"])
    await tell(room, repository, "release", action, () => ({ release: releaseView(asked, kept) }));
  return kept;
};

const updateRelease: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const before = releaseIn(asked);
  const body = await readJson(asked);
  const release: ReleaseRecord = {
    ...before,
    tag: optionalTextIn(body, "tag_name") ?? before.tag,
    target: optionalTextIn(body, "target_commitish") ?? before.target,
    name: optionalTextIn(body, "name") ?? before.name,
    body: optionalTextIn(body, "body") ?? before.body,
    draft: flagIn(body, "draft") ?? before.draft,
    prerelease: flagIn(body, "prerelease") ?? before.prerelease,
  };
  const kept = before.draft && !release.draft ? await published(asked, release) : release;
  room.releases.put([...keyOf(repository), kept.id], kept);
  return ok(releaseView(asked, kept));
};

const deleteRelease: RepositoryRoute[1] = async (asked) => {
  const release = releaseIn(asked);
  for (const asset of assetsOf(asked, release)) removeAsset(asked, asset);
  asked.room.releases.delete([...keyOf(asked.repository), release.id]);
  return nothing;
};

const firstOf =
  (is: (asked: AskedOf, release: ReleaseRecord) => boolean): RepositoryRoute[1] =>
  async (asked) => {
    const found = releasesOf(asked).find((release) => is(asked, release));
    if (!found) throw notFound();
    return ok(releaseView(asked, found));
  };

export const releaseRoutes: readonly RepositoryRoute[] = [
  ["POST /releases", createRelease],
  ["GET /releases", async (asked) => paged(asked, releasesOf(asked), (release) => releaseView(asked, release))],
  ["GET /releases/latest", firstOf((_asked, { draft, prerelease }) => !draft && !prerelease)],
  ["GET /releases/tags/**", firstOf(({ params }, { tag, draft }) => !draft && tag === params[0])],
  ["GET /releases/*", async (asked) => ok(releaseView(asked, releaseIn(asked)))],
  ["PATCH /releases/*", updateRelease],
  ["DELETE /releases/*", deleteRelease],
];
