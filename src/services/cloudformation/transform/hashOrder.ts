import { section } from "./context.ts";
import { hashOrdered } from "./values/convert.ts";
import { Dict, isDict, textOf, truthy, type Value } from "./values/value.ts";

const OWNERS = ["AWS::Serverless::Function", "AWS::Serverless::StateMachine"];
const APIS = ["AWS::Serverless::Api", "AWS::Serverless::HttpApi"];

/**
 * Puts the parts of a template that can reach a REST API's document in hash order (see KeyOrder), and marks their
 * strings as their author's. Answers whether it did.
 * AWS: only templates with a REST API, or an HTTP API with a default authorizer, are treated so.
 */
export const adoptHashOrder = (template: Dict): boolean => {
  if (!hasRestApi(template) && !hasHttpApiWithDefaultAuthorizer(template)) return false;
  const globals = template.get("Globals");
  if (isDict(globals) && globals.has("Api")) globals.set("Api", hashOrdered(globals.get("Api")));
  const resources = Dict.hashed();
  for (const [logicalId, resource] of section(template, "Resources").entries()) {
    if (isDict(resource)) orderParts(resource);
    resources.set(logicalId, resource);
  }
  template.set("Resources", resources);
  return true;
};

const orderParts = (resource: Dict): void => {
  const type = textOf(resource.get("Type")) ?? "";
  const properties = resource.get("Properties");
  if (!isDict(properties)) return;
  if (APIS.includes(type)) resource.set("Properties", hashOrdered(properties));
  if (!OWNERS.includes(type)) return;
  if (resource.has("Condition")) resource.set("Condition", hashOrdered(resource.get("Condition")));
  for (const name of ["FunctionName", "Events"]) {
    if (properties.has(name)) properties.set(name, hashOrdered(properties.get(name)));
  }
};

const typesOf = (template: Dict): [type: string, resource: Dict][] =>
  section(template, "Resources")
    .values()
    .filter(isDict)
    .map((resource) => [textOf(resource.get("Type")) ?? "", resource]);

const hasEvent = (resource: Dict, type: string): boolean =>
  section(section(resource, "Properties"), "Events")
    .values()
    .some((event: Value) => isDict(event) && textOf(event.get("Type")) === type);

const hasRestApi = (template: Dict): boolean =>
  typesOf(template).some(
    ([type, resource]) => type === "AWS::Serverless::Api" || (OWNERS.includes(type) && hasEvent(resource, "Api")),
  );

const hasHttpApiWithDefaultAuthorizer = (template: Dict): boolean => {
  const globals = section(section(section(template, "Globals"), "HttpApi"), "Auth");
  const everywhere = truthy(globals.get("DefaultAuthorizer"));
  return typesOf(template).some(([type, resource]) => {
    if (type === "AWS::Serverless::HttpApi") {
      const auth = section(section(resource, "Properties"), "Auth");
      return everywhere || truthy(auth.get("DefaultAuthorizer"));
    }
    return everywhere && type === "AWS::Serverless::Function" && hasEvent(resource, "HttpApi");
  });
};
