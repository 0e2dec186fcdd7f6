import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { formatError, TemplateError, type TemplatePath } from "./errors.ts";
import { MAX_DEPTH } from "./limits.ts";

/** Refuses a template with a null in it. Metadata and SAM's own sections are no exception. */
export const refuseNulls = (body: JsonObject): void => visit(body, []);

const visit = (node: JsonValue, path: TemplatePath): void => {
  if (node === null) throw new TemplateError(`[${shown(path)}] 'null' values are not allowed in templates`, path);
  if (path.length > MAX_DEPTH) throw formatError(`nested deeper than ${MAX_DEPTH} levels.`, path);
  if (Array.isArray(node)) for (const [index, item] of node.entries()) visit(item, [...path, index]);
  else if (isJsonObject(node)) for (const [key, item] of Object.entries(node)) visit(item, [...path, key]);
};

/** AWS: in these messages the properties of a resource are shown under `Type`, not under `Properties`. */
const shown = (path: TemplatePath): string =>
  path
    .map((step, index) =>
      index === 2 && path[0] === "Resources" && step === "Properties" && path.length > 3 ? "Type" : step,
    )
    .map((step) => `/${step}`)
    .join("");
