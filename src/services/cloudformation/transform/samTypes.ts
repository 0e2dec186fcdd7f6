import { invalidStructure } from "./errors.ts";
import { type Dict, isText, textOf, truthy } from "./values/value.ts";

/** The types whose resources take part in what is done to the template as a whole (Globals, Properties checks). */
const SAM_TYPES = new Set(
  [
    "Api",
    "Function",
    "SimpleTable",
    "Application",
    "LayerVersion",
    "HttpApi",
    "WebSocketApi",
    "StateMachine",
    "CapacityProvider",
  ].map((name) => `AWS::Serverless::${name}`),
);

/** Whether a resource is one of SAM's. A malformed condition on any resource ends the transform. */
export const isSamResource = (resource: Dict): boolean => {
  const condition = resource.get("Condition");
  if (truthy(condition) && !isText(condition)) throw invalidStructure("Every Condition member must be a string.");
  return SAM_TYPES.has(textOf(resource.get("Type")) ?? "");
};
