import { section } from "../context.ts";
import { HttpDocument } from "../openapi/httpDocument.ts";
import { RestDocument } from "../openapi/restDocument.ts";
import { type Dict, isDict, textOf, truthy } from "../values/value.ts";

const SKELETONS: readonly (readonly [type: string, skeleton: () => Dict])[] = [
  ["AWS::Serverless::Api", RestDocument.skeleton],
  ["AWS::Serverless::HttpApi", HttpDocument.skeleton],
];

/** APIs that bring no document get an empty one, which the transform then fills from events. */
export const addDefaultDefinitions = (template: Dict): void => {
  for (const [type, skeleton] of SKELETONS) {
    for (const resource of section(template, "Resources").values()) {
      if (!isDict(resource) || textOf(resource.get("Type")) !== type) continue;
      const properties = section(resource, "Properties");
      if (truthy(properties.get("DefinitionBody")) || truthy(properties.get("DefinitionUri"))) continue;
      // AWS: a REST API without any properties is left for the check of required ones.
      if (!resource.has("Properties") && type === "AWS::Serverless::HttpApi") resource.put("Properties", properties);
      properties.put("DefinitionBody", skeleton());
      properties.put("__MANAGE_SWAGGER", true);
    }
  }
};
