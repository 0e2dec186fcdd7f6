import type { ResourceType } from "../../kernel/resource.ts";
import { cdkMetadataType } from "./resources/cdkMetadata.ts";
import type { Room } from "./room.ts";

/** Finds resource types: CloudFormation's own, then those of the other rooms. */
export const typeFinder = (room: Room): ((type: string) => Promise<ResourceType | undefined>) => {
  const own = new Map([cdkMetadataType].map((type) => [type.name, type]));
  return async (name) => own.get(name) ?? room.parts.types.find(name);
};
