import { InvalidStructure, invalidStructure } from "../errors.ts";
import { conditional, ref } from "../intrinsics.ts";
import { Dict, isDict, literal, sameValue, textOf, truthy, type Value } from "../values/value.ts";
import {
  ApiDocument,
  branches,
  INTEGRATION,
  isIntegrated,
  isOpenApi3,
  methodDict,
  methodName,
  setDeep,
} from "./document.ts";

const NOT_METHODS = ["summary", "description", "parameters"];
const ENDPOINT_CONFIGURATION = ["x-amazon-apigateway-endpoint-configuration", "disableExecuteApiEndpoint"];

export interface LambdaIntegration {
  readonly uri: Dict;
  readonly methodAuth: Dict;
  readonly apiAuth: Dict;
  readonly condition: Value;
  readonly responseTransferMode: Value;
  readonly partition: string;
}

export interface StateMachineIntegration {
  readonly uri: Dict;
  readonly credentials: Value;
  readonly requestTemplates: Dict;
  readonly condition: Value;
}

/** The OpenAPI document of a REST API (Swagger 2.0, or OpenAPI 3 where asked for). */
export class RestDocument extends ApiDocument {
  private givenSecurity: Value;
  gatewayResponses: Dict;
  readonly resourcePolicy: Dict;
  definitions: Dict;

  constructor(source: Value) {
    if (!RestDocument.isValid(source)) {
      throw invalidStructure(
        "Invalid Swagger document or the Swagger document is not explicitly defined in 'DefinitionBody'.",
      );
    }
    super(source);
    this.givenSecurity = truthy(this.doc.get("securityDefinitions"))
      ? this.doc.get("securityDefinitions")
      : Dict.hashed();
    this.gatewayResponses = this.mapOr("x-amazon-apigateway-gateway-responses");
    this.resourcePolicy = this.mapOr("x-amazon-apigateway-policy");
    this.definitions = this.mapOr("definitions");
    for (const path of this.paths.keys()) this.pathItems(path);
  }

  static isValid(source: Value): source is Dict {
    if (!isDict(source) || !isDict(source.get("paths"))) return false;
    if (truthy(source.get("swagger"))) return true;
    return truthy(source.get("openapi")) && isOpenApi3(source.get("openapi"));
  }

  static skeleton(): Dict {
    const info = Dict.hashed();
    info.put("version", literal("1.0"));
    info.put("title", ref(literal("AWS::StackName")));
    const skeleton = Dict.hashed();
    skeleton.put("swagger", literal("2.0"));
    skeleton.put("info", info);
    skeleton.put("paths", Dict.hashed());
    return skeleton;
  }

  /** The definitions to add to; asked for only where there is something to add. */
  get securityDefinitions(): Dict {
    if (isDict(this.givenSecurity)) return this.givenSecurity;
    throw new InvalidStructure("securityDefinitions must be a dictionary.");
  }

  /** A copy of the document as edited so far. */
  finished(): Dict {
    const parts = [
      ["securityDefinitions", this.givenSecurity],
      ["x-amazon-apigateway-gateway-responses", this.gatewayResponses],
      ["definitions", this.definitions],
    ] as const;
    for (const [name, part] of parts) if (truthy(part)) this.doc.put(name, part);
    return this.doc.deepCopy();
  }

  addLambdaIntegration(path: string, method: string, integration: LambdaIntegration): void {
    const name = this.addUnintegrated(path, method, "Lambda integration");
    const { condition } = integration;
    const uri = truthy(condition) ? conditional(condition, integration.uri) : integration.uri;
    for (const item of this.pathItems(path)) {
      const definition = methodDict(item.get(name), path, name);
      const entry = Dict.hashed();
      entry.put("type", literal("aws_proxy"));
      entry.put("httpMethod", literal("POST"));
      entry.put("uri", uri);
      definition.put(INTEGRATION, entry);
      if (textOf(integration.responseTransferMode) === "RESPONSE_STREAM") {
        entry.put("responseTransferMode", literal("STREAM"));
      }
      const credentials = integrationCredentials(integration);
      if (credentials !== undefined) entry.put("credentials", credentials);
      definition.setDefault("responses", Dict.hashed(), true);
      if (truthy(condition)) item.set(name, conditional(condition, definition));
    }
  }

  addStateMachineIntegration(path: string, method: string, integration: StateMachineIntegration): void {
    const name = this.addUnintegrated(path, method, "Integration");
    const { condition } = integration;
    for (const item of this.pathItems(path)) {
      const definition = methodDict(item.get(name), path, name);
      const entry = Dict.hashed();
      entry.put("type", literal("aws"));
      entry.put("httpMethod", literal("POST"));
      entry.put("uri", truthy(condition) ? conditional(condition, integration.uri) : integration.uri);
      entry.put("responses", byStatus("statusCode", "200", "400"));
      entry.put("credentials", integration.credentials);
      definition.put(INTEGRATION, entry);
      definition.setDefault("responses", byStatus("description", "OK", "Bad Request"), true);
      entry.update(Dict.plain({ requestTemplates: integration.requestTemplates }));
      if (truthy(condition)) item.set(name, conditional(condition, definition));
    }
  }

  private addUnintegrated(path: string, method: string, what: string): string {
    const name = methodName(method);
    if (this.hasIntegration(path, name)) {
      throw invalidStructure(`${what} already exists on Path=${path}, Method=${name}`);
    }
    this.addPath(path, name);
    return name;
  }

  /** Methods of a path that have an integration, by their normalized names. */
  integratedMethods(path: string): [string, Dict][] {
    return this.pathItems(path).flatMap((item) =>
      item
        .entries()
        .filter(([name]) => !NOT_METHODS.includes(name))
        .flatMap(([name, method]) =>
          branches(method)
            .map((branch) => methodDict(branch, path, name))
            .filter(isIntegrated)
            .map((definition): [string, Dict] => [methodName(name), definition]),
        ),
    );
  }

  disableExecuteApiEndpoint(disabled: Value): void {
    if (!truthy(this.doc.get("openapi")) || !isOpenApi3(this.doc.get("openapi"))) {
      const problem = setDeep(this.doc, ENDPOINT_CONFIGURATION, disabled);
      if (problem !== undefined) throw invalidStructure(`Invalid OpenAPI definition: ${problem}.`);
      return;
    }
    const given = this.doc.has("servers") ? this.doc.get("servers") : [Dict.hashed()];
    const servers = isDict(given) ? given.keys() : given;
    for (const [index, server] of (Array.isArray(servers) ? servers : []).entries()) {
      const problem = isDict(server) ? setDeep(server, ENDPOINT_CONFIGURATION, disabled) : "It should be a map";
      if (problem !== undefined) {
        throw invalidStructure(`Invalid OpenAPI definition of 'servers[${index}]': ${problem}.`);
      }
    }
    this.doc.put("servers", given);
  }

  /** API Gateway's own escape for slashes in media types is undone in the document. */
  setBinaryMediaTypes(types: Value): void {
    this.doc.put("x-amazon-apigateway-binary-media-types", unescaped(types));
  }

  addModels(models: Dict): void {
    for (const [name, schema] of models.entries()) {
      const type = isDict(schema) ? schema.get("type") : null;
      if (!truthy(type)) throw invalidStructure("'Models' schema is missing 'type'.");
      this.definitions.set(name.toLowerCase(), schema);
    }
  }

  private mapOr(name: string): Dict {
    const value = this.doc.get(name);
    return isDict(value) && value.size > 0 ? value : Dict.hashed();
  }
}

const byStatus = (key: string, ok: string, bad: string): Dict => {
  const responses = Dict.hashed();
  responses.put("200", Dict.hashed({ [key]: literal(ok) }));
  responses.put("400", Dict.hashed({ [key]: literal(bad) }));
  return responses;
};

/** With IAM authorization the integration runs under the caller's credentials, unless another role is named. */
const integrationCredentials = ({ methodAuth, apiAuth, partition }: LambdaIntegration): Value | undefined => {
  const isIam = (value: Value): boolean => textOf(value) === "AWS_IAM";
  const byDefault = isIam(apiAuth.get("DefaultAuthorizer")) && methodAuth.size === 0;
  if (!isIam(methodAuth.get("Authorizer")) && !byDefault) return undefined;
  const role = invokeRole(methodAuth) ?? invokeRole(apiAuth);
  if (role === undefined || textOf(role) === "CALLER_CREDENTIALS") return literal(`arn:${partition}:iam::*:user/*`);
  return sameValue(role, "NONE") ? undefined : role;
};

/** An InvokeRole that is there but empty means none. */
const invokeRole = (auth: Dict): Value | undefined => {
  if (!auth.has("InvokeRole")) return undefined;
  return truthy(auth.get("InvokeRole")) ? auth.get("InvokeRole") : "NONE";
};

const unescaped = (value: Value): Value => {
  const text = textOf(value);
  if (text !== undefined) return text.replaceAll("~1", "/");
  if (Array.isArray(value)) return value.map(unescaped);
  if (!isDict(value)) return value;
  const dict = Dict.hashed();
  for (const [key, item] of value.entries()) dict.set(key.replaceAll("~1", "/"), unescaped(item));
  return dict;
};
