import type { ResourceType } from "../../../kernel/resource.ts";
import type { Room } from "../room.ts";
import { cdkMetadataType } from "./cdkMetadata.ts";
import { macroType } from "./macro.ts";
import { nestedStackType } from "./nestedStack.ts";
import { stackSetType } from "./stackSet.ts";
import { waitConditionHandleType, waitConditionType } from "./waitCondition.ts";

/** The types that this room serves itself, but for custom resources, which have any name. */
export const ownTypes = (room: Room): readonly ResourceType[] => [
  cdkMetadataType,
  nestedStackType(room),
  waitConditionHandleType(room),
  waitConditionType(room),
  macroType(room),
  stackSetType(room),
];
