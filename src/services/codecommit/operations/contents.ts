import { entryAt, readBlob, typesOf } from "../../../engines/git/tree.ts";
import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { fileModeOf } from "../git/modes.ts";
import { filePathOf } from "../git/paths.ts";
import { findCommit, isCommitId } from "../git/specifiers.ts";
import { MAX_FILE_BYTES } from "../limits.ts";
import { placeOf } from "../place.ts";
import type { Operation, Room } from "../room.ts";

export const getBlob =
  (room: Room): Operation<"GetBlob"> =>
  async (_ctx, { repositoryName, blobId }) => {
    const place = placeOf(room, findRepository(room, repositoryName));
    // Ids of blobs are written like those of commits.
    if (!isCommitId(blobId)) throw refusal("InvalidBlobId");
    if ((await typesOf(room, place, [blobId])).get(blobId) !== "blob") throw refusal("BlobIdDoesNotExist");
    const content = await readBlob(room, place, blobId);
    if (content.length > MAX_FILE_BYTES) throw refusal("FileTooLarge");
    return { content };
  };

export const getFile =
  (room: Room): Operation<"GetFile"> =>
  async (_ctx, { repositoryName, commitSpecifier, filePath: given }) => {
    const repository = findRepository(room, repositoryName);
    const filePath = filePathOf(given);
    const commitId = await findCommit(room, repository, commitSpecifier);
    const place = placeOf(room, repository);
    const entry = await entryAt(room, place, commitId, filePath);
    if (entry?.type !== "blob") throw refusal("FileDoesNotExist", `Could not find path ${filePath}`);
    const { id: blobId, mode, size = 0 } = entry;
    if (size > MAX_FILE_BYTES) throw refusal("FileTooLarge");
    const fileContent = await readBlob(room, place, blobId);
    return { commitId, blobId, filePath, fileMode: fileModeOf(mode), fileSize: size, fileContent };
  };
