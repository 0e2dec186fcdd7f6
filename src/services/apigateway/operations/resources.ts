import { badRequest, conflict } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { checkPathPart, newResource } from "../parts.ts";
import { patched } from "../patch.ts";
import type { ResourceRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { resourceView } from "../views.ts";

export const createResource =
  (room: Room): Operation<"CreateResource"> =>
  async (_ctx, { restApiId, parentId, pathPart }) =>
    newResource(room, restApiId, parentId, pathPart);

export const getResource =
  (room: Room): Operation<"GetResource"> =>
  async (_ctx, { restApiId, resourceId, embed = [] }) =>
    resourceView(
      room,
      restApiId,
      findPart(room.resources, "Resource", restApiId, resourceId),
      embed.includes("methods"),
    );

export const getResources =
  (room: Room): Operation<"GetResources"> =>
  async (_ctx, { restApiId, embed = [], ...paging }) => {
    findApi(room, restApiId);
    const { items, ...next } = page(partsOf(room.resources, restApiId), paging);
    return { items: items.map((one) => resourceView(room, restApiId, one, embed.includes("methods"))), ...next };
  };

export const updateResource =
  (room: Room): Operation<"UpdateResource"> =>
  async (_ctx, { restApiId, resourceId, patchOperations }) => {
    const before = findPart(room.resources, "Resource", restApiId, resourceId);
    const after = patched(before, patchOperations, { parentId: "text", pathPart: "text" }, { replaceOnly: true });
    if (before.parentId === undefined) {
      const [{ path = "" } = {}] = patchOperations ?? [];
      throw badRequest(`Root resource cannot update its ${path.slice(1)}.`);
    }
    checkPathPart(after.pathPart ?? "");
    const all = partsOf(room.resources, restApiId);
    const parent = findPart(room.resources, "Resource", restApiId, after.parentId ?? "");
    if (
      all.some(
        (other) => other.id !== after.id && other.parentId === after.parentId && other.pathPart === after.pathPart,
      )
    ) {
      throw conflict(`Another resource with the same parent already has this name: ${after.pathPart}`);
    }
    if (familyOf(all, resourceId).some(({ id }) => id === parent.id)) {
      throw badRequest("Resources cannot be cyclical.");
    }
    const moved = { ...after, path: `${parent.path === "/" ? "" : parent.path}/${after.pathPart}` };
    for (const one of familyOf(all, resourceId)) {
      const path = moved.path + one.path.slice(before.path.length);
      room.resources.put([restApiId, one.id], one.id === resourceId ? moved : { ...one, path });
    }
    return resourceView(room, restApiId, moved, false);
  };

/** AWS: what is below goes with it. */
export const deleteResource =
  (room: Room): Operation<"DeleteResource"> =>
  async (_ctx, { restApiId, resourceId }) => {
    const resource = findPart(room.resources, "Resource", restApiId, resourceId);
    if (resource.parentId === undefined) throw badRequest("Root resource cannot be deleted");
    const family = familyOf(partsOf(room.resources, restApiId), resourceId);
    room.records.atomically(() => {
      for (const { id } of family) {
        room.resources.delete([restApiId, id]);
        room.methods.clear({ prefix: [restApiId, id] });
      }
    });
    return {};
  };

/** A resource with all below it. */
const familyOf = (all: readonly ResourceRecord[], id: string): ResourceRecord[] =>
  all
    .filter((one) => one.id === id)
    .concat(all.filter(({ parentId }) => parentId === id).flatMap((child) => familyOf(all, child.id)));
