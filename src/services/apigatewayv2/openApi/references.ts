import { objectAt, referredTo } from "../../../engines/gateway/documentParts.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";

/** Schemas that an operation names and the document has not. HTTP APIs know no models, so they are no more than a warning. */
export const brokenReferences = (
  document: JsonObject,
  path: string,
  method: string,
  operation: JsonObject,
): readonly string[] => {
  const places = [
    ...Object.entries(objectAt(operation, "responses")).map(([status, one]) => [`responses.${status}`, one] as const),
    ["requestBody", operation["requestBody"]] as const,
  ];
  return places.flatMap(([place, holder]) =>
    referencesIn(holder)
      .filter((reference) => referredTo(document, reference) === undefined)
      .map(
        (reference) =>
          `Parse issue: attribute paths.'${path}'(${method}).${place}.content.schema.${reference} is missing`,
      ),
  );
};

const referencesIn = (holder: JsonValue | undefined): string[] =>
  Object.values(isJsonObject(holder) ? objectAt(holder, "content") : {}).flatMap((media) => {
    const reference = isJsonObject(media) ? objectAt(media, "schema")["$ref"] : undefined;
    return typeof reference === "string" ? [reference] : [];
  });
