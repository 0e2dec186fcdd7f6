import { Dict, literal, truthy, type Value } from "../values/value.ts";
import { INTEGRATION, integrationOf, isOpenApi3 } from "./document.ts";
import type { RestDocument } from "./restDocument.ts";

const VALIDATORS = "x-amazon-apigateway-request-validators";
const VALIDATOR = "x-amazon-apigateway-request-validator";

export interface RequestParameter {
  /** `method.request.{querystring,path,header}.NAME`. */
  readonly name: string;
  readonly required: Value;
  readonly caching: boolean;
}

/** Makes a method expect a body of the model. */
export const addRequestModel = (
  document: RestDocument,
  path: string,
  method: string,
  model: string,
  isRequired: Value,
): void => {
  const name = model.toLowerCase();
  for (const definition of document.methodDefinitions(path, method)) {
    if (document.doc.get("swagger") !== null) addBodyParameter(definition, name, isRequired);
    else if (truthy(document.doc.get("openapi")) && isOpenApi3(document.doc.get("openapi"))) {
      const schema = Dict.plain({ $ref: literal(`#/components/schemas/${name}`) });
      const body = Dict.plain({ content: Dict.plain({ "application/json": Dict.plain({ schema }) }) });
      if (isRequired !== null) body.put("required", isRequired);
      definition.put("requestBody", body);
    }
  }
};

const addBodyParameter = (definition: Dict, model: string, isRequired: Value): void => {
  const parameter = Dict.hashed();
  parameter.put("in", literal("body"));
  parameter.put("name", model);
  parameter.put("schema", Dict.plain({ $ref: literal(`#/definitions/${model}`) }));
  if (isRequired !== null) parameter.put("required", isRequired);
  definition.put("parameters", [...parametersOf(definition), parameter]);
};

const parametersOf = (definition: Dict): Value[] => {
  const parameters = definition.get("parameters");
  return Array.isArray(parameters) ? parameters : [];
};

/** Makes API Gateway check a method's requests before its integration sees them. */
export const addRequestValidator = (
  document: RestDocument,
  path: string,
  method: string,
  validate: { readonly body: boolean; readonly parameters: boolean },
): void => {
  const name = validatorName(validate.body, validate.parameters);
  const validator = Dict.hashed();
  validator.put("validateRequestBody", validate.body);
  validator.put("validateRequestParameters", validate.parameters);
  if (!truthy(document.doc.get(VALIDATORS))) document.doc.put(VALIDATORS, Dict.hashed());
  const validators = document.doc.get(VALIDATORS);
  if (validators instanceof Dict && !truthy(validators.get(name))) {
    validators.update(Dict.hashed({ [name]: validator }));
  }
  for (const definition of document.methodDefinitions(path, method)) {
    definition.update(Dict.hashed({ [VALIDATOR]: literal(name) }));
  }
};

const validatorName = (body: boolean, parameters: boolean): string => {
  if (body) return parameters ? "body-and-params" : "body-only";
  return parameters ? "params-only" : "no-validation";
};

/** Declares a method's request parameters, and those that its cache keys are made of. */
export const addRequestParameters = (
  document: RestDocument,
  path: string,
  method: string,
  parameters: readonly RequestParameter[],
): void => {
  for (const definition of document.methodDefinitions(path, method)) {
    const declared = [...parametersOf(definition)];
    for (const parameter of parameters) {
      declared.push(declaration(parameter));
      if (parameter.caching) addCacheKey(definition, parameter.name);
    }
    definition.put("parameters", declared);
  }
};

const declaration = ({ name, required }: RequestParameter): Dict => {
  const rest = name.replaceAll("method.request.", "");
  const dot = rest.indexOf(".");
  const location = rest.slice(0, dot);
  const declared = Dict.hashed();
  declared.put("in", location === "querystring" ? literal("query") : location);
  declared.put("name", rest.slice(dot + 1));
  declared.put("required", required);
  declared.put("type", literal("string"));
  return declared;
};

const addCacheKey = (definition: Dict, name: string): void => {
  const integration = integrationOf(definition);
  const keys = integration.get("cacheKeyParameters");
  integration.put("cacheKeyParameters", [...(Array.isArray(keys) ? keys : []), name]);
  definition.put(INTEGRATION, integration);
};
