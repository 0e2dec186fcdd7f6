import type { MethodResponse } from "@aws-sdk/client-api-gateway";
import type { MethodRecord } from "../records.ts";
import { present } from "./writeIntegration.ts";

/** One of the two kinds of documents: how it writes what a method takes and answers. */
export interface Dialect {
  /** Where models are: `#/definitions/` */
  readonly models: string;
  describe(method: MethodRecord): Record<string, unknown>;
}

const PLACES: Readonly<Record<string, string>> = { header: "header", querystring: "query", path: "path" };

/** `method.request.querystring.page`: where a parameter stands, and its name. */
const parametersOf = ({ requestParameters = {} }: MethodRecord) =>
  Object.entries(requestParameters).flatMap(([key, required]) => {
    const [, , kind = "", ...name] = key.split(".");
    const place = PLACES[kind];
    return place === undefined ? [] : [{ name: name.join("."), in: place, required }];
  });

/** `method.response.header.X` */
const headersOf = ({ responseParameters = {} }: MethodResponse): string[] =>
  Object.keys(responseParameters).map((key) => key.replace(/^method\.response\.header\./, ""));

const responsesOf = (method: MethodRecord, write: (response: MethodResponse) => object) =>
  Object.fromEntries(
    Object.entries(method.methodResponses ?? {}).map(([status, response]) => [
      status,
      { description: `${status} response`, ...write(response) },
    ]),
  );

/** Swagger 2.0. AWS: what a method consumes and produces are the types of its models and its templates. */
export const SWAGGER: Dialect = {
  models: "#/definitions/",
  describe: (method) => {
    const { requestModels = {}, methodResponses = {}, methodIntegration } = method;
    const answers = Object.values(methodIntegration?.integrationResponses ?? {});
    const typesOf = (...maps: readonly (object | undefined)[]) => [
      ...new Set(maps.flatMap((map) => Object.keys(map ?? {}))),
    ];
    const [model] = Object.values(requestModels);
    const body = { in: "body", name: model, required: true, schema: { $ref: `${SWAGGER.models}${model}` } };
    return present({
      operationId: method.operationName,
      consumes: typesOf(requestModels, methodIntegration?.requestTemplates),
      produces: typesOf(
        ...Object.values(methodResponses).map(({ responseModels }) => responseModels),
        ...answers.map(({ responseTemplates }) => responseTemplates),
      ),
      parameters: [
        ...parametersOf(method).map((parameter) => ({ ...parameter, type: "string" })),
        ...(model === undefined ? [] : [body]),
      ],
      responses: responsesOf(method, (response) => {
        const [answered] = Object.values(response.responseModels ?? {});
        return present({
          schema: answered === undefined ? undefined : { $ref: `${SWAGGER.models}${answered}` },
          headers: Object.fromEntries(headersOf(response).map((name) => [name, { type: "string" }])),
        });
      }),
    });
  },
};

/** OpenAPI 3.0. */
export const OPENAPI: Dialect = {
  models: "#/components/schemas/",
  describe: (method) => {
    const content = (models: Readonly<Record<string, string>> = {}) =>
      Object.fromEntries(
        Object.entries(models).map(([type, model]) => [type, { schema: { $ref: `${OPENAPI.models}${model}` } }]),
      );
    const { requestModels = {} } = method;
    return present({
      operationId: method.operationName,
      parameters: parametersOf(method).map(({ required, ...parameter }) => ({
        ...parameter,
        ...(required ? { required } : {}),
        schema: { type: "string" },
      })),
      requestBody:
        Object.keys(requestModels).length > 0 ? { content: content(requestModels), required: true } : undefined,
      responses: responsesOf(method, (response) => ({
        ...present({
          headers: Object.fromEntries(headersOf(response).map((name) => [name, { schema: { type: "string" } }])),
        }),
        content: content(response.responseModels),
      })),
    });
  },
};
