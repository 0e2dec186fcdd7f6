import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { DocumentationPartRecord, MethodRecord, RestApiRecord, Snapshot } from "../records.ts";
import { integrationExtension, present } from "./writeIntegration.ts";
import { type Dialect, OPENAPI, SWAGGER } from "./writeMethods.ts";
import { schemesOf, securityOf } from "./writeSecurity.ts";

/** What a document is made of. */
export interface Exported {
  readonly api: RestApiRecord;
  readonly snapshot: Snapshot;
  readonly stageName: string;
  readonly version: string;
  readonly region: string;
  readonly documentation: readonly DocumentationPartRecord[];
  /** Whether extensions of a kind are asked for. */
  wants(extension: string): boolean;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html */
export const swaggerOf = (exported: Exported): object => {
  const { api, stageName, region } = exported;
  const definitions = modelsOf(exported, SWAGGER);
  return {
    swagger: "2.0",
    info: infoOf(exported),
    host: `${api.id}.execute-api.${region}.amazonaws.com`,
    basePath: `/${stageName}`,
    schemes: ["https"],
    paths: pathsOf(exported, SWAGGER),
    ...present({ securityDefinitions: schemesOf(exported.snapshot, exported.wants("authorizers")), definitions }),
    ...extensionsOf(exported),
  };
};

export const openApiOf = (exported: Exported): object => {
  const { api, stageName, region } = exported;
  const url = `https://${api.id}.execute-api.${region}.amazonaws.com/{basePath}`;
  const securitySchemes = schemesOf(exported.snapshot, exported.wants("authorizers"));
  return {
    openapi: "3.0.1",
    info: infoOf(exported),
    servers: [{ url, variables: { basePath: { default: stageName } } }],
    paths: pathsOf(exported, OPENAPI),
    components: present({ schemas: modelsOf(exported, OPENAPI), securitySchemes }),
    ...extensionsOf(exported),
  };
};

const infoOf = ({ api, version }: Exported) => present({ title: api.name, description: api.description, version });

const pathsOf = (exported: Exported, dialect: Dialect) => {
  const { resources, methods } = exported.snapshot;
  return Object.fromEntries(
    [...resources]
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ id, path }) => [path, methods.filter(({ resourceId }) => resourceId === id)] as const)
      .filter(([, own]) => own.length > 0)
      .map(([path, own]) => [path, Object.fromEntries(own.map((method) => operationOf(exported, dialect, method)))]),
  );
};

const operationOf = (exported: Exported, dialect: Dialect, method: MethodRecord) => {
  const { snapshot, wants } = exported;
  const { methodIntegration: integration, requestValidatorId } = method;
  const validator = snapshot.validators.find(({ id }) => id === requestValidatorId)?.name;
  const name = method.httpMethod === "ANY" ? "x-amazon-apigateway-any-method" : method.httpMethod.toLowerCase();
  const operation = {
    ...dialect.describe(method),
    ...present({
      security: securityOf(snapshot, method),
      "x-amazon-apigateway-request-validator": wants("validators") ? validator : undefined,
      "x-amazon-apigateway-integration":
        integration && wants("integrations") ? integrationExtension(integration) : undefined,
    }),
  };
  return [name, operation] as const;
};

/** AWS: models that methods name, and those that these refer to. */
const modelsOf = ({ api, snapshot }: Exported, { models }: Dialect): Record<string, unknown> => {
  const wanted = snapshot.methods.flatMap(({ requestModels = {}, methodResponses = {} }) => [
    ...Object.values(requestModels),
    ...Object.values(methodResponses).flatMap(({ responseModels }) => Object.values(responseModels ?? {})),
  ]);
  const address = `https://apigateway.amazonaws.com/restapis/${api.id}/models/`;
  const found: Record<string, unknown> = {};
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const text = (snapshot.models ?? []).find((model) => model.name === name)?.schema;
    if (text === undefined || Object.hasOwn(found, name)) continue;
    wanted.push(
      ...text
        .split(address)
        .slice(1)
        .map((rest) => /^\w*/.exec(rest)?.[0] ?? ""),
    );
    const schema: unknown = JSON.parse(text.replaceAll(address, models));
    if (!isJsonObject(schema)) continue;
    const { $schema: _, ...kept } = schema;
    found[name] = kept;
  }
  return found;
};

const extensionsOf = ({ api, snapshot, documentation, version, wants }: Exported): Record<string, unknown> => {
  const isAsked = wants("apigateway");
  const validators = snapshot.validators.map(({ id: _, name = "", ...validator }) => [name, validator] as const);
  const responses = snapshot.gatewayResponses
    .filter(({ defaultResponse }) => !defaultResponse)
    .map(({ responseType, defaultResponse: _, ...response }) => [responseType, present(response)] as const);
  return present({
    "x-amazon-apigateway-request-validators": wants("validators") ? Object.fromEntries(validators) : undefined,
    "x-amazon-apigateway-gateway-responses": wants("gatewayresponses") ? Object.fromEntries(responses) : undefined,
    "x-amazon-apigateway-binary-media-types": isAsked ? snapshot.binaryMediaTypes : undefined,
    "x-amazon-apigateway-policy": isAsked && api.policy ? parsed(api.policy) : undefined,
    "x-amazon-apigateway-minimum-compression-size": isAsked ? api.minimumCompressionSize : undefined,
    "x-amazon-apigateway-documentation":
      wants("documentation") && documentation.length > 0
        ? {
            version,
            documentationParts: documentation.map(({ location, properties }) => ({
              location,
              properties: parsed(properties),
            })),
          }
        : undefined,
  });
};

const parsed = (text: string): JsonValue | JsonObject => JSON.parse(text);
