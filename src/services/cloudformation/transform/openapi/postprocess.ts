import { invalidStructure } from "../errors.ts";
import { Dict, isDict, truthy, type Value } from "../values/value.ts";
import { getDeep, isOpenApi3, requireDict } from "./document.ts";

/** Moves what Swagger 2.0 and OpenAPI 3 keep in different places, in place, for documents that are OpenAPI 3. */
export const toOpenApi3 = (body: Dict, openApiVersion: Value): Dict => {
  if (body.get("swagger") !== null) return body;
  // AWS: a document that says its own version is of that version, whatever OpenApiVersion says.
  const version = body.has("openapi") ? body.get("openapi") : openApiVersion;
  if (!truthy(version) || !isOpenApi3(version)) return body;
  move(body, "securityDefinitions", "securitySchemes");
  move(body, "definitions", "schemas");
  const paths = body.get("paths");
  if (!truthy(paths)) return body;
  const items = requireDict(paths, "Value of paths must be a dictionary according to Swagger spec.");
  for (const [path, value] of items.entries()) {
    const item = requireDict(value, `Value of '${path}' path must be a dictionary according to Swagger spec.`);
    if (truthy(item.get("options"))) convertOptions(item.get("options"), path);
  }
  return body;
};

const move = (body: Dict, from: string, to: string): void => {
  if (!truthy(body.get(from))) return;
  const given = body.get("components");
  const components = isDict(given) && given.size > 0 ? given : Dict.hashed();
  components.put(to, body.get(from));
  body.put("components", components);
  body.delete(from);
};

const convertOptions = (value: Value, path: string): void => {
  const options = requireDict(
    value,
    `Value of options method for path ${path} must be a dictionary according to Swagger spec.`,
  );
  options.delete("produces");
  options.delete("consumes");
  if (!options.has("responses")) return;
  const found = getDeep(options.get("responses"), ["200", "headers"]);
  if ("problem" in found) {
    throw invalidStructure(`Invalid responses in options method for path ${path}: ${found.problem}.`);
  }
  if (!truthy(found.value)) return;
  const headers = requireDict(
    found.value,
    `Value of response's headers in options method for path ${path} must be a dictionary according to Swagger spec.`,
  );
  for (const [name, header] of headers.entries()) headers.put(name, Dict.hashed({ schema: header }));
};
