import { conflict } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { patched } from "../patch.ts";
import type { DocumentationVersionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

/** Keeps what the parts are now under a name, and gives it to a stage when one is named. */
export const createDocumentationVersion =
  (room: Room): Operation<"CreateDocumentationVersion"> =>
  async (_ctx, { restApiId, documentationVersion: version, stageName, description }) => {
    findApi(room, restApiId);
    if (room.documentationVersions.has([restApiId, version])) throw conflict("Documentation version already exists");
    const stage = stageName === undefined ? undefined : findPart(room.stages, "stage", restApiId, stageName);
    const made: DocumentationVersionRecord = {
      version,
      createdAt: room.clock.now(),
      ...(description === undefined ? {} : { description }),
      parts: partsOf(room.documentationParts, restApiId),
    };
    room.records.atomically(() => {
      room.documentationVersions.put([restApiId, version], made);
      if (stage) room.stages.put([restApiId, stage.stageName], { ...stage, documentationVersion: version });
    });
    return view(made);
  };

export const getDocumentationVersion =
  (room: Room): Operation<"GetDocumentationVersion"> =>
  async (_ctx, { restApiId, documentationVersion }) =>
    view(findPart(room.documentationVersions, "Documentation version", restApiId, documentationVersion));

export const getDocumentationVersions =
  (room: Room): Operation<"GetDocumentationVersions"> =>
  async (_ctx, { restApiId, ...paging }) => {
    findApi(room, restApiId);
    const { items, ...next } = page(partsOf(room.documentationVersions, restApiId), paging);
    return { items: items.map(view), ...next };
  };

export const updateDocumentationVersion =
  (room: Room): Operation<"UpdateDocumentationVersion"> =>
  async (_ctx, { restApiId, documentationVersion, patchOperations }) => {
    const before = findPart(room.documentationVersions, "Documentation version", restApiId, documentationVersion);
    const after = patched(before, patchOperations, { description: "text" }, { replaceOnly: true });
    room.documentationVersions.put([restApiId, documentationVersion], after);
    return view(after);
  };

export const deleteDocumentationVersion =
  (room: Room): Operation<"DeleteDocumentationVersion"> =>
  async (_ctx, { restApiId, documentationVersion }) => {
    findPart(room.documentationVersions, "Documentation version", restApiId, documentationVersion);
    room.documentationVersions.delete([restApiId, documentationVersion]);
    return {};
  };

const view = ({ version, createdAt, description }: DocumentationVersionRecord) => ({
  version,
  createdDate: new Date(createdAt),
  description,
});
