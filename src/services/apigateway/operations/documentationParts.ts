import type { DocumentationPartLocation } from "@aws-sdk/client-api-gateway";
import { NotImplemented } from "../../../kernel/errors.ts";
import { badRequest, conflict } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { documentationOf } from "../openApi/documentation.ts";
import { page } from "../paging.ts";
import { PART_ID_LENGTH } from "../parts.ts";
import { patched } from "../patch.ts";
import type { DocumentationPartRecord } from "../records.ts";
import { textOf } from "../requestBody.ts";
import type { Operation, Room } from "../room.ts";

export const createDocumentationPart =
  (room: Room): Operation<"CreateDocumentationPart"> =>
  async (_ctx, { restApiId, location, properties }) => {
    findApi(room, restApiId);
    if (partAt(room, restApiId, location)) {
      throw conflict("Documentation part already exists for the specified location");
    }
    return newPart(room, restApiId, checked({ location, properties }));
  };

export const getDocumentationPart =
  (room: Room): Operation<"GetDocumentationPart"> =>
  async (_ctx, { restApiId, documentationPartId }) =>
    findPart(room.documentationParts, "Documentation part", restApiId, documentationPartId);

export const getDocumentationParts =
  (room: Room): Operation<"GetDocumentationParts"> =>
  async (_ctx, { restApiId, type, nameQuery, path, locationStatus, ...paging }) => {
    findApi(room, restApiId);
    if (locationStatus === "UNDOCUMENTED") throw new NotImplemented("apigateway's lists of undocumented parts");
    const kept = partsOf(room.documentationParts, restApiId).filter(
      ({ location }) =>
        (type === undefined || location.type === type) &&
        (path === undefined || location.path === path) &&
        (nameQuery === undefined || location.name?.includes(nameQuery)),
    );
    // AWS: parts are listed by the kinds of what they document.
    const listed = kept.toSorted((one, other) => (placeOf(one.location) < placeOf(other.location) ? -1 : 1));
    return page(listed, paging);
  };

export const updateDocumentationPart =
  (room: Room): Operation<"UpdateDocumentationPart"> =>
  async (_ctx, { restApiId, documentationPartId, patchOperations }) => {
    const before = findPart(room.documentationParts, "Documentation part", restApiId, documentationPartId);
    const part = checked(patched(before, patchOperations, { properties: "text" }, { replaceOnly: true }));
    room.documentationParts.put([restApiId, part.id], part);
    return part;
  };

export const deleteDocumentationPart =
  (room: Room): Operation<"DeleteDocumentationPart"> =>
  async (_ctx, { restApiId, documentationPartId }) => {
    findApi(room, restApiId);
    findPart(room.documentationParts, "Documentation part", restApiId, documentationPartId);
    room.documentationParts.delete([restApiId, documentationPartId]);
    return {};
  };

export const importDocumentationParts =
  (room: Room): Operation<"ImportDocumentationParts"> =>
  async (_ctx, { restApiId, mode = "merge", body }) => {
    findApi(room, restApiId);
    const imported = documentationOf(await textOf(body));
    return room.records.atomically(() => {
      if (mode === "overwrite") room.documentationParts.clear({ prefix: [restApiId] });
      return { ids: saveParts(room, restApiId, imported) };
    });
  };

/** Keeps the parts of a definition: each in place of the one that was where it is. */
export const saveParts = (room: Room, apiId: string, parts: readonly Omit<DocumentationPartRecord, "id">[]): string[] =>
  parts.map((part) => {
    const before = partAt(room, apiId, part.location);
    if (!before) return newPart(room, apiId, part).id;
    room.documentationParts.put([apiId, before.id], { ...before, ...part });
    return before.id;
  });

const newPart = (
  room: Room,
  apiId: string,
  { location, properties }: Omit<DocumentationPartRecord, "id">,
): DocumentationPartRecord => {
  const part = { id: room.ids.lower(PART_ID_LENGTH), location, properties };
  room.documentationParts.put([apiId, part.id], part);
  return part;
};

const partAt = (room: Room, apiId: string, location: DocumentationPartLocation) => {
  const place = placeOf(location);
  return partsOf(room.documentationParts, apiId).find((part) => placeOf(part.location) === place);
};

const placeOf = ({ type, path, method, statusCode, name }: DocumentationPartLocation): string =>
  JSON.stringify([type, path, method, statusCode, name]);

const checked = <P extends { readonly properties: string }>(part: P): P => {
  if (!part.properties) throw badRequest("Documentation part properties must be non-empty");
  try {
    JSON.parse(part.properties);
  } catch {
    throw badRequest("Documentation part properties must be valid JSON");
  }
  return part;
};
