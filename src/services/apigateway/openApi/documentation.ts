import type { DocumentationPartLocation, DocumentationPartType } from "@aws-sdk/client-api-gateway";
import { listAt, objectAt, textAt } from "../../../engines/gateway/documentParts.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";
import type { DocumentationPartRecord } from "../records.ts";
import { documentIn } from "./document.ts";

type ImportedPart = Omit<DocumentationPartRecord, "id">;

/** The documentation in a definition. AWS: of one that cannot be read, it says no more than that. */
export const documentationOf = (body: string): ImportedPart[] => {
  let document: JsonObject;
  try {
    document = documentIn(body);
  } catch {
    throw badRequest("Unable to build importer with provided input.");
  }
  return documentedIn(document);
};

/** `x-amazon-apigateway-documentation`: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-documentation.html */
export const documentedIn = (document: JsonObject): ImportedPart[] =>
  listAt(objectAt(document, "x-amazon-apigateway-documentation"), "documentationParts").flatMap((part) => {
    if (!isJsonObject(part)) return [];
    const location = locationOf(objectAt(part, "location"));
    return [{ location, properties: JSON.stringify(part["properties"] ?? {}) }];
  });

const locationOf = (location: JsonObject): DocumentationPartLocation => {
  const type = textAt(location, "type");
  if (!isPartType(type)) throw badRequest(`Invalid documentation part type ${type}`);
  const members = ["path", "method", "statusCode", "name"].flatMap((name) => {
    const value = textAt(location, name);
    return value === undefined ? [] : [[name, value]];
  });
  // AWS: what belongs to a resource belongs to the root where no path is named.
  return { ...(UNPLACED.has(type) ? {} : { path: "/" }), ...Object.fromEntries(members), type };
};

const UNPLACED: ReadonlySet<DocumentationPartType> = new Set(["API", "AUTHORIZER", "MODEL"]);

const PART_TYPES: readonly string[] = [
  "API",
  "AUTHORIZER",
  "MODEL",
  "RESOURCE",
  "METHOD",
  "PATH_PARAMETER",
  "QUERY_PARAMETER",
  "REQUEST_HEADER",
  "REQUEST_BODY",
  "RESPONSE",
  "RESPONSE_HEADER",
  "RESPONSE_BODY",
] satisfies DocumentationPartType[];

const isPartType = (type: string | undefined): type is DocumentationPartType =>
  type !== undefined && PART_TYPES.includes(type);
