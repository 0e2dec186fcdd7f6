import { invalidStructure } from "../errors.ts";
import { conditional, isIntrinsic, ref } from "../intrinsics.ts";
import { shown } from "../values/text.ts";
import { Dict, isDict, literal, sameValue, textOf, truthy, type Value } from "../values/value.ts";
import {
  ANY_METHOD,
  ApiDocument,
  branches,
  DEFAULT_PATH,
  getDeep,
  INTEGRATION,
  integrationOf,
  isIntegrated,
  isOpenApi3,
  methodDict,
  methodName,
  requireDict,
  securityOf,
} from "./document.ts";

const CORS = "x-amazon-apigateway-cors";
const ENDPOINT_CONFIGURATION = "x-amazon-apigateway-endpoint-configuration";
const TAG_VALUE = "x-amazon-apigateway-tag-value";
const DEFAULT_TITLE = ref(literal("AWS::StackName"));

/** The OpenAPI 3 document of an HTTP API. */
export class HttpDocument extends ApiDocument {
  securitySchemes: Dict;
  private tags: Value;
  readonly info: Dict;

  constructor(source: Value) {
    if (!HttpDocument.isValid(source)) {
      throw invalidStructure(
        "Invalid OpenApi document. Invalid values or missing keys for 'openapi' or 'paths' in 'DefinitionBody'.",
      );
    }
    super(source);
    this.securitySchemes = this.mapOr(["components", "securitySchemes"]);
    this.tags = truthy(this.doc.get("tags")) ? this.doc.get("tags") : [];
    this.info = this.mapOr(["info"]);
  }

  static isValid(source: Value): source is Dict {
    if (!isDict(source) || !isDict(source.get("paths"))) return false;
    return truthy(source.get("openapi")) && isOpenApi3(source.get("openapi"));
  }

  static skeleton(): Dict {
    const info = Dict.hashed();
    info.put("version", literal("1.0"));
    info.put("title", DEFAULT_TITLE.deepCopy());
    const skeleton = Dict.hashed();
    skeleton.put("openapi", literal("3.0.1"));
    skeleton.put("info", info);
    skeleton.put("paths", Dict.hashed());
    return skeleton;
  }

  static isDefaultTitle(title: Value): boolean {
    return sameValue(title, DEFAULT_TITLE);
  }

  /** A copy of the document as edited so far. */
  finished(): Dict {
    if (truthy(this.tags)) this.doc.put("tags", this.tags);
    if (this.securitySchemes.size > 0) {
      const given = this.doc.get("components");
      const components = isDict(given) && given.size > 0 ? given : Dict.hashed();
      components.put("securitySchemes", this.securitySchemes);
      this.doc.put("components", components);
    }
    if (this.info.size > 0) this.doc.put("info", this.info);
    return this.doc.deepCopy();
  }

  addLambdaIntegration(path: string, method: string, uri: Dict, condition: Value): void {
    const name = methodName(method);
    if (this.hasIntegration(path, name)) return;
    this.addPath(path, name);
    for (const item of this.pathItems(path)) {
      if (item.get(name) === null) item.set(name, Dict.hashed());
      const definition = methodDict(item.get(name), path, name);
      const entry = Dict.hashed();
      entry.put("type", literal("aws_proxy"));
      entry.put("httpMethod", literal("POST"));
      entry.put("payloadFormatVersion", literal("2.0"));
      entry.put("uri", truthy(condition) ? conditional(condition, uri) : uri);
      definition.put(INTEGRATION, entry);
      if (path === DEFAULT_PATH && name === ANY_METHOD) definition.put("isDefaultRoute", true);
      definition.setDefault("responses", Dict.hashed(), true);
      if (truthy(condition)) item.set(name, conditional(condition, definition));
    }
  }

  /** Whether the method invokes this very function, by all branches of its address. */
  invokes(path: string, method: string, logicalId: string): boolean {
    if (!this.hasIntegration(path, method)) return false;
    return this.methodDefinitions(path, method, false).every((definition) => {
      const integration = requireDict(
        definition.has(INTEGRATION) ? definition.get(INTEGRATION) : Dict.hashed(),
        `Value of '${INTEGRATION}' must be a dictionary according to Swagger spec.`,
      );
      const uri = integration.get("uri");
      return isDict(uri) && branches(uri).every((branch) => invokedBy(branch) === logicalId);
    });
  }

  addPathParameters(path: string, method: string, names: readonly string[]): void {
    for (const definition of this.methodDefinitions(path, method)) {
      const given = definition.setDefault("parameters", [], true);
      const parameters = Array.isArray(given) ? given : [];
      for (const name of names) {
        const known = parameters.find((entry) => isDict(entry) && textOf(entry.get("name")) === name);
        const parameter = isDict(known) ? known : Dict.hashed({ name });
        parameter.put("in", literal("path"));
        parameter.put("required", true);
        if (!known) parameters.push(parameter);
      }
    }
  }

  setIntegration(path: string, method: string, name: string, value: Value): void {
    for (const definition of this.methodDefinitions(path, method)) integrationOf(definition).put(name, value);
  }

  /** Puts the default authorizer on the methods of a path that have no security of their own. */
  setDefaultAuthorizer(path: string, authorizer: string, scopes: Value[]): void {
    for (const item of this.pathItems(path)) {
      for (const [method, value] of item.entries()) {
        const name = methodName(method);
        if (name === "parameters" || name === "options") continue;
        if (!item.has(name)) throw invalidStructure(`Could not find ${name} in ${path} within DefinitionBody.`);
        for (const branch of branches(value)) {
          const definition = methodDict(branch, path, method);
          if (!isIntegrated(definition) || truthy(definition.get("security"))) continue;
          definition.put("security", [Dict.plain({ [authorizer]: scopes })]);
        }
      }
    }
  }

  addMethodAuthorizer(path: string, method: string, authorizer: string, authorizers: Value, methodScopes: Value): void {
    for (const definition of this.methodDefinitions(path, method)) {
      let scopes: Value = [];
      if (authorizer !== "NONE" && authorizer !== "AWS_IAM" && isDict(authorizers)) {
        const config = authorizers.has(authorizer) ? authorizers.get(authorizer) : Dict.hashed();
        if (!isDict(config)) throw invalidStructure(`Type of authorizer '${authorizer}' must be a dictionary`);
        const wanted = truthy(methodScopes) ? methodScopes : config.get("AuthorizationScopes");
        if (config.size > 0 && truthy(wanted)) scopes = wanted;
      }
      const security = [...securityOf(definition, path, method), Dict.plain({ [authorizer]: scopes })];
      definition.put("security", security);
    }
  }

  addTags(tags: Dict): void {
    for (const [name, value] of tags.entries()) {
      const list = this.tags;
      if (!Array.isArray(list)) {
        throw invalidStructure(
          `Tags in OpenApi DefinitionBody needs to be a list. ${shown(list)} is a ${typeName(list)} not a list.`,
        );
      }
      const known = list.find((tag) => isDict(tag) && textOf(tag.get("name")) === name);
      if (isDict(known)) known.put(TAG_VALUE, value);
      else list.push(Dict.hashed({ name, [TAG_VALUE]: value }));
    }
  }

  disableExecuteApiEndpoint(disabled: Value): void {
    const given = this.doc.has("servers") ? this.doc.get("servers") : [Dict.hashed()];
    for (const entry of Array.isArray(given) ? given : []) {
      const server = requireDict(entry, "Value of 'servers' item must be a dictionary according to Swagger spec.");
      const endpoint = server.setDefault(ENDPOINT_CONFIGURATION, Dict.plain(), true);
      if (isDict(endpoint)) endpoint.put("disableExecuteApiEndpoint", disabled);
    }
    this.doc.put("servers", given);
  }

  setCors(cors: Dict): void {
    const given = this.doc.has(CORS) ? this.doc.get(CORS) : Dict.plain();
    const config = requireDict(given, `Value of '${CORS}' must be a dictionary according to Swagger spec.`);
    const origins = cors.get("AllowOrigins");
    if (isIntrinsic(origins)) {
      // AWS: CORS under an intrinsic function is taken whole, its keys renamed wherever they stand.
      const renamed = withCorsNames(origins);
      if (isDict(renamed)) config.update(renamed);
    } else {
      for (const key of CORS_KEYS) {
        const value = cors.get(key);
        const isSet = key === "MaxAge" ? value !== null : key === "AllowCredentials" ? value === true : truthy(value);
        if (isSet) config.put(corsName(key), value);
      }
    }
    this.doc.put(CORS, config);
  }

  private mapOr(path: readonly string[]): Dict {
    const found = getDeep(this.doc, path);
    if ("problem" in found) throw invalidStructure(`Invalid OpenApi document: ${found.problem}`);
    return isDict(found.value) && found.value.size > 0 ? found.value : Dict.hashed();
  }
}

const CORS_KEYS = ["AllowOrigins", "AllowHeaders", "AllowMethods", "ExposeHeaders", "MaxAge", "AllowCredentials"];

const corsName = (key: string): string => key.charAt(0).toLowerCase() + key.slice(1);

const renameCors = (text: string): string =>
  CORS_KEYS.reduce((renamed, key) => renamed.replaceAll(key, corsName(key)), text);

const withCorsNames = (value: Value): Value => {
  const text = textOf(value);
  if (text !== undefined) return renameCors(text);
  if (Array.isArray(value)) return value.map(withCorsNames);
  if (!isDict(value)) return value;
  const renamed = Dict.plain();
  for (const [key, item] of value.entries()) renamed.set(renameCors(key), withCorsNames(item));
  return renamed;
};

const invokedBy = (uri: Value): string | undefined => {
  const text = isDict(uri) ? textOf(uri.get("Fn::Sub")) : undefined;
  return /([A-Za-z0-9]+)\.Arn/.exec(text ?? "")?.[1];
};

const typeName = (value: Value): string => {
  if (isDict(value)) return "dict";
  return typeof value === "boolean" ? "bool" : typeof value === "number" ? "int" : "str";
};
