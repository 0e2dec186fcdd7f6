import { git } from "../../../engines/git/gitCommand.ts";
import { MAX_ARCHIVE_BYTES } from "../../../engines/git/limits.ts";
import { repositoryPath } from "../../../engines/git/place.ts";
import { notFound, type RepositoryRoute } from "./api.ts";
import { resolveCommit } from "./commits.ts";

/** Differs: GitHub sends its clients on to another host; here the archive is the answer. */
const archive =
  (format: "zip" | "tar.gz", contentType: string): RepositoryRoute[1] =>
  async (asked) => {
    const { room, repository, params } = asked;
    const id = await resolveCommit(asked, params[0] ?? repository.defaultBranch).catch(() => {
      throw notFound();
    });
    const name = `${repository.owner}-${repository.name}-${id.slice(0, 7)}`;
    const bytes = await git(room, ["archive", `--format=${format}`, `--prefix=${name}/`, id], {
      cwd: repositoryPath(room, repository),
      maxBytes: MAX_ARCHIVE_BYTES,
    });
    const disposition = `attachment; filename=${name}.${format}`;
    return { status: 200, bytes, headers: { "content-type": contentType, "content-disposition": disposition } };
  };

const zip = archive("zip", "application/zip");
const tar = archive("tar.gz", "application/x-gzip");

/** https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-zip */
export const archiveRoutes: readonly RepositoryRoute[] = [
  ["GET /zipball", zip],
  ["GET /zipball/**", zip],
  ["GET /tarball", tar],
  ["GET /tarball/**", tar],
];
