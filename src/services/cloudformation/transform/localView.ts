import type { JsonObject } from "../../../kernel/json.ts";
import { partitionOfRegion } from "./arns.ts";
import { InvalidDocument, InvalidSamTemplate } from "./errors.ts";
import { mergeGlobals } from "./globals.ts";
import type { SamOptions } from "./options.ts";
import { parameterValues } from "./parameters.ts";
import { resolveMappings, resolveParameters } from "./resolve.ts";
import { readTemplateText } from "./templateText.ts";
import { toJsonObject } from "./values/convert.ts";
import { isDict } from "./values/value.ts";

/**
 * A template's text as the SAM CLI looks at it before it builds: `Globals` in the resources they are for, and the values of
 * parameters and mappings in their places. Throws InvalidSamTemplate, and UnreadableTemplate.
 */
export const localView = (text: string, options: SamOptions): JsonObject => {
  const template = readTemplateText(text);
  if (!isDict(template.get("Resources"))) return {};
  const parameters = parameterValues(template, options, options.partition ?? partitionOfRegion(options.region), false);
  try {
    mergeGlobals(template);
    const resolved = resolveParameters(template.get("Resources"), parameters);
    const mappings = template.get("Mappings");
    template.set("Resources", isDict(mappings) ? resolveMappings(resolved, mappings) : resolved);
  } catch (error) {
    throw error instanceof InvalidDocument ? new InvalidSamTemplate(error.causes) : error;
  }
  return toJsonObject(template);
};
