import { InvalidDocument, InvalidResource, invalidStructure } from "./errors.ts";
import { isSamResource } from "./samTypes.ts";
import { Dict, isDict } from "./values/value.ts";

/** Checks that the template has resources and that they are maps. */
export const checkStructure = (template: Dict): void => {
  const resources = template.get("Resources");
  if (!isDict(resources) || resources.size === 0) throw invalidStructure("'Resources' section is required");
  if (!resources.values().every(isDict)) {
    throw invalidStructure("All 'Resources' must be Objects. If you're using YAML, this may be an indentation issue.");
  }
  for (const [logicalId, resource] of resources.entries()) {
    if (!isDict(resource) || !isSamResource(resource)) continue;
    const properties = resource.has("Properties") ? resource.get("Properties") : Dict.plain();
    if (isDict(properties)) continue;
    const problem = new InvalidResource(logicalId, "Attribute 'Properties' should be a map.");
    throw new InvalidDocument([problem]);
  }
};

/** The template's mappings, which must be a map where they are there. */
export const requireMappings = (template: Dict): Dict => {
  const mappings = template.has("Mappings") ? template.get("Mappings") : Dict.plain();
  if (isDict(mappings)) return mappings;
  throw invalidStructure("'Mappings' or 'Parameters' is either null or not a valid dictionary.");
};
