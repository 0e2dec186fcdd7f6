import type { JsonValue } from "../../kernel/json.ts";
import type { Journal, LiveValues } from "./ports.ts";

/** What the resources of a stack have become so far. */
export const liveValues = (journal: Pick<Journal, "resource">): LiveValues => ({
  reference: (logicalId) => journal.resource(logicalId)?.physicalId,
  attribute: (logicalId, name) => {
    const record = journal.resource(logicalId);
    if (record?.physicalId === undefined) return undefined;
    return attributeAt(record.attributes, name) ?? attributeAt(record.properties, name);
  },
});

/** An attribute by its name; a dotted name may also reach into an attribute that is an object. */
const attributeAt = (attributes: Readonly<Record<string, JsonValue>>, name: string): JsonValue | undefined => {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  const dot = name.indexOf(".");
  const holder = dot < 0 ? undefined : attributes[name.slice(0, dot)];
  if (typeof holder !== "object" || holder === null || Array.isArray(holder)) return undefined;
  return attributeAt(Object.fromEntries(Object.entries(holder)), name.slice(dot + 1));
};
