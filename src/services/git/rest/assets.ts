import { keyOf } from "../../../engines/git/place.ts";
import { header } from "../../../kernel/http.ts";
import { BlobTooLarge } from "../../../store/blobs.ts";
import { MAX_ASSET_BYTES } from "../limits.ts";
import type { AssetRecord, ReleaseRecord } from "../records.ts";
import { nextNumber } from "../room.ts";
import {
  type Answer,
  type AskedOf,
  created,
  invalid,
  notFound,
  nothing,
  ok,
  type RepositoryRoute,
  refuse,
} from "./api.ts";
import { optionalTextIn, readJson } from "./input.ts";
import { paged } from "./paging.ts";
import { addressesOf, isoTime, nodeId, OWNER_LOGIN, userView } from "./views.ts";

/** The files that are given out with a release, the oldest first. */
export const assetsOf = ({ room, repository }: Pick<AskedOf, "room" | "repository">, { id }: ReleaseRecord) =>
  [...room.assets.values({ prefix: keyOf(repository) })].filter(({ releaseId }) => releaseId === id);

/** https://docs.github.com/en/rest/releases/assets */
export const assetView = ({ room, repository }: Pick<AskedOf, "room" | "repository">, asset: AssetRecord) => {
  const url = `${addressesOf(room, repository).api}/releases/assets/${asset.id}`;
  return {
    url,
    // Differs: GitHub's is an address of its pages; here the API gives the file to whoever asks for no JSON.
    browser_download_url: url,
    id: asset.id,
    node_id: nodeId("ReleaseAsset", asset.id),
    name: asset.name,
    label: asset.label,
    state: "uploaded",
    content_type: asset.contentType,
    size: asset.blob.size,
    digest: `sha256:${asset.blob.sha256}`,
    download_count: asset.downloads,
    created_at: isoTime(asset.createdAt),
    updated_at: isoTime(asset.updatedAt),
    uploader: userView(room, OWNER_LOGIN),
  };
};

/** The release whose number is the first thing the address names. */
export const releaseIn = ({ room, repository, params }: AskedOf): ReleaseRecord => {
  const release = room.releases.get([...keyOf(repository), Number(params[0])]);
  if (!release) throw notFound();
  return release;
};

const upload: RepositoryRoute[1] = async (asked) => {
  const { room, repository, request, query } = asked;
  const release = releaseIn(asked);
  const name = query.get("name");
  const contentType = header(request.headers, "content-type");
  if (!name) throw invalid("ReleaseAsset", "name", "missing_field");
  if (!contentType) throw refuse(422, "Content-Type is required");
  if (assetsOf(asked, release).some((asset) => asset.name === name))
    throw invalid("ReleaseAsset", "name", "already_exists");
  const { sha256, size } = await room.deps.blobs
    .write(request.body, { maxBytes: MAX_ASSET_BYTES })
    .catch((error: unknown) => {
      throw error instanceof BlobTooLarge
        ? refuse(422, `size must be less than or equal to ${MAX_ASSET_BYTES}`)
        : error;
    });
  const now = room.clock.now();
  const asset: AssetRecord = {
    id: nextNumber(room, "assets"),
    releaseId: release.id,
    name,
    label: query.get("label"),
    contentType,
    blob: { sha256, size },
    downloads: 0,
    createdAt: now,
    updatedAt: now,
  };
  room.assets.put([...keyOf(repository), asset.id], asset);
  return created(assetView(asked, asset));
};

const assetIn = ({ room, repository, params }: AskedOf): AssetRecord => {
  const asset = room.assets.get([...keyOf(repository), Number(params[0])]);
  if (!asset) throw notFound();
  return asset;
};

/** GitHub: the file itself for who accepts bytes, and what is known of it for others. */
const getAsset: RepositoryRoute[1] = async (asked): Promise<Answer> => {
  const { room, repository, request } = asked;
  const asset = assetIn(asked);
  const accepted = header(request.headers, "accept") ?? "*/*";
  if (/json/.test(accepted)) return ok(assetView(asked, asset));
  room.assets.put([...keyOf(repository), asset.id], { ...asset, downloads: asset.downloads + 1 });
  return {
    status: 200,
    stream: room.deps.blobs.read(asset.blob),
    headers: {
      "content-type": asset.contentType,
      "content-length": String(asset.blob.size),
      "content-disposition": `attachment; filename=${encodeURIComponent(asset.name)}`,
    },
  };
};

const updateAsset: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const before = assetIn(asked);
  const body = await readJson(asked);
  const name = optionalTextIn(body, "name") ?? before.name;
  const label = optionalTextIn(body, "label") ?? before.label;
  const asset = { ...before, name, label, updatedAt: room.clock.now() };
  room.assets.put([...keyOf(repository), asset.id], asset);
  return ok(assetView(asked, asset));
};

/** Removes a file, and its bytes with it. */
export const removeAsset = (
  { room, repository }: Pick<AskedOf, "room" | "repository">,
  { id, blob }: AssetRecord,
): void => {
  room.deps.blobs.release(blob);
  room.assets.delete([...keyOf(repository), id]);
};

const deleteAsset: RepositoryRoute[1] = async (asked) => {
  removeAsset(asked, assetIn(asked));
  return nothing;
};

/** Before those of releases: `assets` is no number of a release. */
export const assetRoutes: readonly RepositoryRoute[] = [
  ["POST /releases/*/assets", upload],
  [
    "GET /releases/*/assets",
    async (asked) => paged(asked, assetsOf(asked, releaseIn(asked)), (asset) => assetView(asked, asset)),
  ],
  ["GET /releases/assets/*", getAsset],
  ["PATCH /releases/assets/*", updateAsset],
  ["DELETE /releases/assets/*", deleteAsset],
];
