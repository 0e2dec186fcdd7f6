import type { MethodResponse } from "@aws-sdk/client-api-gateway";
import { basedPaths } from "../../../engines/gateway/basePath.ts";
import { listAt, objectAt, present, textAt, textsOf } from "../../../engines/gateway/documentParts.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";
import { isGatewayResponseType } from "../gatewayResponseTypes.ts";
import type {
  DocumentationPartRecord,
  GatewayResponseRecord,
  MethodRecord,
  ModelRecord,
  ValidatorRecord,
} from "../records.ts";
import { documentIn, resolved } from "./document.ts";
import { documentedIn } from "./documentation.ts";
import { type ImportedIntegration, integrationOf } from "./integration.ts";
import { type ImportedSecurity, type Scheme, schemesOf, securityOf } from "./security.ts";

/** A REST API as a Swagger 2.0 or OpenAPI 3.0 document describes it. */
export interface ImportedRestApi {
  readonly name: string;
  readonly described: {
    readonly description?: string;
    readonly version?: string;
    readonly policy?: string;
    readonly binaryMediaTypes?: string[];
    readonly disableExecuteApiEndpoint?: boolean;
    readonly apiKeySource?: "HEADER" | "AUTHORIZER";
  };
  readonly schemes: ReadonlyMap<string, Scheme>;
  /** What of the document was left out, and why. */
  readonly warnings: readonly string[];
  readonly models: readonly Omit<ModelRecord, "id">[];
  readonly validators: readonly (Omit<ValidatorRecord, "id"> & { readonly name: string })[];
  readonly documentation: readonly Omit<DocumentationPartRecord, "id">[];
  readonly gatewayResponses: readonly GatewayResponseRecord[];
  readonly paths: readonly string[];
  readonly methods: readonly ImportedMethod[];
}

export interface ImportedMethod {
  readonly path: string;
  readonly httpMethod: string;
  readonly security: ImportedSecurity;
  readonly validator: string | undefined;
  readonly described: Pick<MethodRecord, "operationName" | "requestParameters" | "requestModels" | "methodResponses">;
  readonly integration: ImportedIntegration | undefined;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html */
export const readRest = (body: string, basePath: string | undefined): ImportedRestApi => {
  const document = documentIn(body);
  const based = basedPaths(document, basePath);
  const info = objectAt(document, "info");
  const schemes = schemesOf(document);
  const policy = document["x-amazon-apigateway-policy"];
  const types = document["x-amazon-apigateway-binary-media-types"];
  const disabled = endpointOf(document)["disableExecuteApiEndpoint"];
  const models = { ...objectAt(document, "definitions"), ...objectAt(objectAt(document, "components"), "schemas") };
  const paths = objectAt(document, "paths");
  return {
    name: textAt(info, "title") ?? "",
    described: present({
      description: textAt(info, "description"),
      version: textAt(info, "version"),
      policy: isJsonObject(policy) ? JSON.stringify(policy) : undefined,
      binaryMediaTypes: Array.isArray(types) ? types.map(String) : undefined,
      apiKeySource: keySourceOf(document),
      disableExecuteApiEndpoint: disabled === undefined ? undefined : String(disabled) === "true",
    }),
    schemes,
    models: Object.entries(models).map(([name, schema]) => ({
      name: modelName(name),
      contentType: "application/json",
      schema: JSON.stringify(schema),
      ...present({ description: isJsonObject(schema) ? textAt(schema, "description") : undefined }),
    })),
    validators: Object.entries(objectAt(document, "x-amazon-apigateway-request-validators")).map(([name, given]) => ({
      name,
      validateRequestBody: isJsonObject(given) && String(given["validateRequestBody"]) === "true",
      validateRequestParameters: isJsonObject(given) && String(given["validateRequestParameters"]) === "true",
    })),
    documentation: documentedIn(document),
    warnings: Object.entries(paths).flatMap(([path, item]) =>
      warningsOf(document, based(path), resolved(document, item)),
    ),
    gatewayResponses: gatewayResponsesOf(objectAt(document, "x-amazon-apigateway-gateway-responses")),
    paths: Object.keys(paths).map(based),
    methods: Object.entries(paths).flatMap(([path, item]) =>
      methodsOf(document, schemes, based(path), resolved(document, item)),
    ),
  };
};

const keySourceOf = (document: JsonObject): "HEADER" | "AUTHORIZER" | undefined => {
  const source = textAt(document, "x-amazon-apigateway-api-key-source")?.toUpperCase();
  return source === "HEADER" || source === "AUTHORIZER" ? source : undefined;
};

/** AWS: names of models are letters and digits. */
const modelName = (name: string): string => name.replace(/[^a-zA-Z0-9]/g, "");

const endpointOf = (document: JsonObject): JsonObject => {
  const [server] = listAt(document, "servers");
  return {
    ...objectAt(document, "x-amazon-apigateway-endpoint-configuration"),
    ...(isJsonObject(server) ? objectAt(server, "x-amazon-apigateway-endpoint-configuration") : {}),
  };
};

const gatewayResponsesOf = (responses: JsonObject): GatewayResponseRecord[] =>
  Object.entries(responses).map(([type, given]) => {
    if (!isGatewayResponseType(type) || !isJsonObject(given)) throw badRequest(`Invalid gateway response type ${type}`);
    return {
      responseType: type,
      defaultResponse: false,
      responseParameters: textsOf(objectAt(given, "responseParameters")),
      responseTemplates: textsOf(objectAt(given, "responseTemplates")),
      ...present({ statusCode: textAt(given, "statusCode") }),
    };
  });

const METHODS = /^(?:get|put|post|delete|options|head|patch|x-amazon-apigateway-any-method)$/i;

const methodsOf = (
  document: JsonObject,
  schemes: ReadonlyMap<string, Scheme>,
  path: string,
  item: JsonValue | undefined,
): ImportedMethod[] => {
  if (!isJsonObject(item)) return [];
  return Object.entries(item).flatMap(([name, operation]) => {
    if (!METHODS.test(name) || !isJsonObject(operation)) return [];
    const extension = resolved(document, operation["x-amazon-apigateway-integration"]);
    const httpMethod = methodNamed(name);
    return [
      {
        path,
        httpMethod,
        security: securityOf(document, operation, schemes),
        validator:
          textAt(operation, "x-amazon-apigateway-request-validator") ??
          textAt(document, "x-amazon-apigateway-request-validator"),
        described: {
          ...present({ operationName: textAt(operation, "operationId") }),
          ...requestOf(document, path, [...listAt(item, "parameters"), ...listAt(operation, "parameters")], operation),
          methodResponses: responsesOf(document, operation),
        },
        integration: isJsonObject(extension) ? integrationOf(extension, `${httpMethod} ${path}`) : undefined,
      },
    ];
  });
};

/** AWS: parameters of an integration that are no texts are left out. */
const warningsOf = (document: JsonObject, path: string, item: JsonValue | undefined): string[] =>
  Object.entries(isJsonObject(item) ? item : {}).flatMap(([name, operation]) => {
    if (!METHODS.test(name) || !isJsonObject(operation)) return [];
    const extension = resolved(document, operation["x-amazon-apigateway-integration"]);
    const parameters = isJsonObject(extension) ? objectAt(extension, "requestParameters") : {};
    const where = `of resource '${path}' and method '${methodNamed(name)}'`;
    return Object.entries(parameters)
      .filter(([, value]) => typeof value !== "string")
      .map(
        ([parameter, value]) =>
          `Invalid format for 'requestParameters'. Expected type string for property '${parameter}' ${where} but got '${value}'`,
      );
  });

const methodNamed = (name: string): string => (/^x-/i.test(name) ? "ANY" : name.toUpperCase());

const PLACES: Readonly<Record<string, string>> = { header: "header", query: "querystring", path: "path" };

const requestOf = (document: JsonObject, path: string, given: readonly JsonValue[], operation: JsonObject) => {
  // AWS: what a path has to be filled in is asked for, declared or not.
  const requestParameters: Record<string, boolean> = Object.fromEntries(
    [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name]) => [`method.request.path.${name}`, true]),
  );
  const requestModels: Record<string, string> = {};
  for (const each of given) {
    const parameter = resolved(document, each);
    if (!isJsonObject(parameter)) continue;
    const place = PLACES[textAt(parameter, "in") ?? ""];
    const required = parameter["required"] === true;
    if (place) requestParameters[`method.request.${place}.${textAt(parameter, "name") ?? ""}`] = required;
    const model = modelIn(parameter["schema"]);
    if (textAt(parameter, "in") === "body" && model) requestModels["application/json"] = model;
  }
  const body = resolved(document, operation["requestBody"]);
  for (const [type, media] of Object.entries(isJsonObject(body) ? objectAt(body, "content") : {})) {
    const model = isJsonObject(media) ? modelIn(media["schema"]) : undefined;
    if (model) requestModels[type] = model;
  }
  return {
    ...(Object.keys(requestParameters).length > 0 ? { requestParameters } : {}),
    ...(Object.keys(requestModels).length > 0 ? { requestModels } : {}),
  };
};

const modelIn = (schema: JsonValue | undefined): string | undefined => {
  const reference = isJsonObject(schema) ? textAt(schema, "$ref") : undefined;
  return reference === undefined ? undefined : modelName(reference.split("/").at(-1) ?? "");
};

const responsesOf = (document: JsonObject, operation: JsonObject): Record<string, MethodResponse> =>
  Object.fromEntries(
    Object.entries(objectAt(operation, "responses")).flatMap(([status, given]) => {
      const response = resolved(document, given);
      if (!/^[1-5]\d\d$/.test(status) || !isJsonObject(response)) return [];
      const headers = Object.keys(objectAt(response, "headers")).map(
        (name) => [`method.response.header.${name}`, false] as const,
      );
      const responseModels = responseModelsOf(response, operation["produces"] ?? document["produces"]);
      const made: MethodResponse = {
        statusCode: status,
        ...(Object.keys(responseModels).length > 0 ? { responseModels } : {}),
        ...(headers.length > 0 ? { responseParameters: Object.fromEntries(headers) } : {}),
      };
      return [[status, made] as const];
    }),
  );

/** Swagger has one schema for all types that an operation produces, OpenAPI one for each. */
const responseModelsOf = (response: JsonObject, produces: JsonValue | undefined): Record<string, string> => {
  const types = Array.isArray(produces) && produces.length > 0 ? produces.map(String) : ["application/json"];
  const schemas = [
    ...types.map((type) => [type, response["schema"]] as const),
    ...Object.entries(objectAt(response, "content")).map(
      ([type, media]) => [type, isJsonObject(media) ? media["schema"] : undefined] as const,
    ),
  ];
  return Object.fromEntries(
    schemas.flatMap(([type, schema]) => {
      const model = modelIn(schema);
      return model === undefined ? [] : [[type, model]];
    }),
  );
};
