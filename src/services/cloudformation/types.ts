import type { ResourceType } from "../../kernel/resource.ts";
import { cdkMetadataType } from "./resources/cdkMetadata.ts";
import { customResourceType } from "./resources/customResource.ts";
import { macroType } from "./resources/macro.ts";
import { nestedStackType } from "./resources/nestedStack.ts";
import { stackSetType } from "./resources/stackSet.ts";
import { waitConditionHandleType, waitConditionType } from "./resources/waitCondition.ts";
import type { Room } from "./room.ts";
import { isCustom } from "./schema/load.ts";

/** Finds resource types: CloudFormation's own, then those of the other rooms. */
export const typeFinder = (room: Room): ((type: string) => Promise<ResourceType | undefined>) => {
  const types = [
    cdkMetadataType,
    nestedStackType(room),
    waitConditionHandleType(room),
    waitConditionType(room),
    macroType(room),
    stackSetType(room),
  ];
  const own = new Map(types.map((type) => [type.name, type]));
  return async (name) => {
    if (isCustom(name)) return customResourceType(room, name);
    return own.get(name) ?? room.parts.types.find(name);
  };
};
