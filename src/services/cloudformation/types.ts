import type { ResourceType } from "../../kernel/resource.ts";
import { customResourceType } from "./resources/customResource.ts";
import { ownTypes } from "./resources/ownTypes.ts";
import type { Room } from "./room.ts";
import { isCustom } from "./schema/load.ts";

/** Finds resource types: CloudFormation's own, then those of the other rooms. */
export const typeFinder = (room: Room): ((type: string) => Promise<ResourceType | undefined>) => {
  const own = new Map(ownTypes(room).map((type) => [type.name, type]));
  return async (name) => {
    if (isCustom(name)) return customResourceType(room, name);
    return own.get(name) ?? room.parts.types.find(name);
  };
};
