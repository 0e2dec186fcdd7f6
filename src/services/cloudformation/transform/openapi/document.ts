import { InvalidDocument, InvalidStructure, invalidStructure } from "../errors.ts";
import { conditional, isNoValue } from "../intrinsics.ts";
import { shown } from "../values/text.ts";
import { Dict, isDict, type Value } from "../values/value.ts";

export const INTEGRATION = "x-amazon-apigateway-integration";
/** The route that takes whatever no other takes; the transform writes it for events without a path. */
export const DEFAULT_PATH = "$default";
export const ANY_METHOD = "x-amazon-apigateway-any-method";

/** An HTTP method as documents name it; `any` becomes API Gateway's own name for it. */
export const methodName = (method: string): string => {
  const lower = method.toLowerCase();
  return lower === "any" ? ANY_METHOD : lower;
};

export const isOpenApi3 = (version: Value): boolean => /^3(\.\d)(\.\d)?\n?$/.test(shown(version));

/** The branches of an `Fn::If`, or the value itself. */
export const branches = (value: Value): Value[] => {
  if (!isDict(value) || !value.has("Fn::If")) return [value];
  const parts = value.get("Fn::If");
  if (!Array.isArray(parts)) throw invalidStructure("Value of Fn::If must be a list.");
  return parts.slice(1).filter((part) => !isNoValue(part));
};

export const requireDict = (value: Value, problem: string): Dict => {
  if (isDict(value)) return value;
  throw invalidStructure(problem);
};

/** An OpenAPI document under construction: what REST and HTTP APIs share. */
export class ApiDocument {
  readonly doc: Dict;
  readonly paths: Dict;

  /** Works on a copy, so that a document half edited when a problem shows is never seen. */
  constructor(source: Dict) {
    this.doc = source.deepCopy();
    const paths = this.doc.get("paths");
    if (!isDict(paths)) throw new InvalidDocument([new InvalidStructure("'paths' must be a map.")]);
    this.paths = paths;
  }

  /** The definitions of a path, one for each branch of its condition. */
  pathItems(path: string): Dict[] {
    return branches(this.paths.get(path)).map((item) =>
      requireDict(item, `Value of '${path}' path must be a dictionary according to Swagger spec.`),
    );
  }

  /** Adds path and method, empty, if they are not there. */
  addPath(path: string, method: string): void {
    const name = methodName(method);
    const item = this.paths.setDefault(path, Dict.hashed(), path === DEFAULT_PATH);
    requireDict(item, `Value of '${path}' path must be a dictionary according to Swagger spec.`);
    for (const branch of branches(item)) {
      if (isDict(branch)) branch.setDefault(name, Dict.hashed(), name === ANY_METHOD);
    }
  }

  makePathConditional(path: string, condition: Value): void {
    this.paths.set(path, conditional(condition, this.paths.get(path)));
  }

  hasIntegration(path: string, method: string): boolean {
    if (!this.paths.has(path)) return false;
    const name = methodName(method);
    const items = branches(this.paths.get(path));
    if (items.some((item) => !isDict(item) || !item.has(name))) return false;
    return this.pathItems(path).every((item) => {
      const definition = item.get(name);
      return isDict(definition) && this.anyBranchIntegrated(definition, path, name);
    });
  }

  private anyBranchIntegrated(definition: Dict, path: string, method: string): boolean {
    return branches(definition).some((branch) => isIntegrated(methodDict(branch, path, method)));
  }

  /** The definitions of one method that have an integration. */
  methodDefinitions(path: string, method: string, integratedOnly = true): Dict[] {
    const name = methodName(method);
    return this.pathItems(path)
      .flatMap((item) => branches(item.get(name)))
      .map((definition) => methodDict(definition, path, method))
      .filter((definition) => !integratedOnly || isIntegrated(definition));
  }
}

export const methodDict = (definition: Value, path: string, method: string): Dict =>
  requireDict(definition, `Definition of method '${method}' for path '${path}' should be a map.`);

export const isIntegrated = (definition: Dict): boolean => {
  const integration = definition.get(INTEGRATION);
  return isDict(integration)
    ? integration.size > 0
    : integration !== null && integration !== "" && integration !== false;
};

/** The integration of a method definition. */
export const integrationOf = (definition: Dict): Dict => {
  const integration = definition.get(INTEGRATION);
  return isDict(integration) ? integration : Dict.hashed();
};

/** The security requirements of a method, which must be a list. */
export const securityOf = (definition: Dict, path: string, method: string): Value[] => {
  const security = definition.has("security") ? definition.get("security") : [];
  if (Array.isArray(security)) return security;
  throw invalidStructure(`Type of security for path ${path} method ${method} must be a list`);
};

/** Sets a value deep in a map, making the maps on the way; answers the path where there is no map to go through. */
export const setDeep = (dict: Dict, path: readonly string[], value: Value): string | undefined => {
  let current: Value = dict;
  for (const [index, key] of path.entries()) {
    if (!isDict(current)) return notMap(path.slice(0, index));
    if (index === path.length - 1) current.put(key, value);
    else current = current.setDefault(key, Dict.plain(), true);
  }
  return undefined;
};

/** Gets a value deep in a map, null where the way ends early. */
export const getDeep = (
  dict: Value,
  path: readonly string[],
): { readonly value: Value } | { readonly problem: string } => {
  let current: Value = dict;
  for (const [index, key] of path.entries()) {
    if (current === null) return { value: null };
    if (!isDict(current)) return { problem: notMap(path.slice(0, index)) };
    current = current.get(key);
  }
  return { value: current };
};

const notMap = (path: readonly string[]): string =>
  path.length === 0 ? "It should be a map" : `The value of '${path.join(".")}' should be a map`;
