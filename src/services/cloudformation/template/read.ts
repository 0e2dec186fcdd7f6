import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { formatError, TemplateError } from "./errors.ts";
import { MAX_DESCRIPTION_BYTES } from "./limits.ts";
import { readMappings } from "./mappings.ts";
import type { Template } from "./model.ts";
import { refuseNulls } from "./nulls.ts";
import { readParameters } from "./parameters/definition.ts";
import { readOutputs } from "./readOutputs.ts";
import { readResources } from "./readResources.ts";
import { readRules } from "./rules.ts";
import { section } from "./section.ts";
import { readTransforms } from "./transforms.ts";

/**
 * Reads a template's body into its parts and refuses what is not built as a template must be.
 *
 * Whether its references lead somewhere is for `checkTemplate`, which wants the body after the transforms. Before them
 * (`isToBeTransformed`), resources may have members that only a transform understands.
 */
export const readTemplate = (body: JsonObject, { isToBeTransformed = false } = {}): Template => {
  refuseUnknownSections(body);
  refuseNulls(body);
  checkVersion(body);
  return {
    description: readDescription(body),
    metadata: readMetadata(body),
    parameters: readParameters(body),
    rules: readRules(body),
    mappings: readMappings(body),
    conditions: readConditions(body),
    transforms: readTransforms(body),
    resources: readResources(body, isToBeTransformed),
    outputs: readOutputs(body),
  };
};

const SECTIONS = new Set([
  "AWSTemplateFormatVersion",
  "Conditions",
  "Description",
  "Hooks",
  "Mappings",
  "Metadata",
  "Outputs",
  "Parameters",
  "Resources",
  "Rules",
  "Transform",
]);

const refuseUnknownSections = (body: JsonObject): void => {
  const unknown = Object.keys(body).filter((key) => !SECTIONS.has(key));
  if (unknown.length > 0) {
    throw new TemplateError(`Invalid template property or properties [${unknown.join(", ")}]`, unknown.slice(0, 1));
  }
};

const checkVersion = (body: JsonObject): void => {
  const version = body["AWSTemplateFormatVersion"];
  if (version === undefined || version === "2010-09-09") return;
  throw formatError(
    `${typeof version === "string" ? version : JSON.stringify(version)} is not a supported value for AWSTemplateFormatVersion.`,
    ["AWSTemplateFormatVersion"],
  );
};

const readDescription = (body: JsonObject): string | undefined => {
  const description = body["Description"];
  if (description === undefined) return undefined;
  if (typeof description !== "string") throw formatError("Description must be a string.", ["Description"]);
  if (Buffer.byteLength(description) > MAX_DESCRIPTION_BYTES) {
    throw formatError(`'Description' length is greater than ${MAX_DESCRIPTION_BYTES}.`, ["Description"]);
  }
  return description;
};

const readMetadata = (body: JsonObject): JsonObject => {
  const metadata = body["Metadata"] ?? {};
  if (!isJsonObject(metadata)) throw formatError("Metadata must be an object.", ["Metadata"]);
  return metadata;
};

const readConditions = (body: JsonObject): ReadonlyMap<string, JsonValue> => new Map(section(body, "Conditions"));
