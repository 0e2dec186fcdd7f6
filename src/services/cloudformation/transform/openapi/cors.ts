import { Dict, literal, truthy, type Value } from "../values/value.ts";
import { ANY_METHOD, INTEGRATION } from "./document.ts";
import type { RestDocument } from "./restDocument.ts";

export interface RestCors {
  readonly origins: Value;
  readonly headers: Value;
  readonly methods: Value;
  readonly maxAge: Value;
  readonly credentials: Value;
}

const ALL_METHODS = ["OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"];

/** Adds the `OPTIONS` method that answers preflight requests, where the path has none. */
export const addPreflight = (document: RestDocument, path: string, cors: RestCors): void => {
  let methods = cors.methods;
  for (const item of document.pathItems(path)) {
    if (item.has("options")) continue;
    if (!truthy(methods)) methods = literal(`'${allowedMethods(item)}'`);
    item.put("options", preflightMethod({ ...cors, methods }));
  }
};

const allowedMethods = (item: Dict): string => {
  const methods = item.has(ANY_METHOD) ? ALL_METHODS : [...item.keys(), "options"];
  return [...new Set(methods.map((method) => method.toUpperCase()))].sort().join(",");
};

const preflightMethod = (cors: RestCors): Dict => {
  const { parameters, headers } = preflightHeaders(cors);
  const answer = Dict.hashed();
  answer.put("statusCode", literal("200"));
  answer.put("responseParameters", parameters);
  answer.put("responseTemplates", Dict.plain({ "application/json": literal("{}\n") }));
  const integration = Dict.hashed();
  integration.put("type", literal("mock"));
  const request = literal('{\n  "statusCode" : 200\n}\n');
  integration.put("requestTemplates", Dict.plain({ "application/json": request }));
  const answers = Dict.hashed();
  answers.put("default", answer);
  integration.put("responses", answers);
  const response = Dict.hashed();
  response.put("description", literal("Default response for CORS method"));
  response.put("headers", headers);
  const responses = Dict.hashed();
  responses.put("200", response);
  const method = Dict.hashed();
  method.put("summary", literal("CORS support"));
  method.put("consumes", [literal("application/json")]);
  method.put("produces", [literal("application/json")]);
  method.put(INTEGRATION, integration);
  method.put("responses", responses);
  return method;
};

const preflightHeaders = (cors: RestCors): { readonly parameters: Dict; readonly headers: Dict } => {
  const parameters = Dict.hashed();
  const headers = Dict.hashed();
  const add = (name: string, value: Value, type = "string"): void => {
    const header = `Access-Control-${name}`;
    parameters.put(`method.response.header.${header}`, value);
    headers.put(header, Dict.plain({ type: literal(type) }));
  };
  add("Allow-Origin", cors.origins);
  if (truthy(cors.headers)) add("Allow-Headers", cors.headers);
  if (truthy(cors.methods)) add("Allow-Methods", cors.methods);
  if (cors.maxAge !== null) add("Max-Age", cors.maxAge, "integer");
  if (cors.credentials === true) add("Allow-Credentials", literal("'true'"));
  return { parameters, headers };
};
