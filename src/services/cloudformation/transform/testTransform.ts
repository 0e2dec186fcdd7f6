import { InvalidSamTemplate } from "./errors.ts";
import type { SamOptions } from "./options.ts";
import { readTemplateText } from "./templateText.ts";
import { transformDict } from "./transform.ts";
import { toJsonObject } from "./values/convert.ts";

/** For tests: transforms a template's text and answers it as plain data. */
export const transformText = (text: string, options: Partial<SamOptions> = {}) =>
  toJsonObject(transformDict(readTemplateText(text), { region: "eu-central-1", ...options }));

/** For tests: the resources made of the resources written. */
export const transformResourcesText = (resources: string, options: Partial<SamOptions> = {}) =>
  Object(transformText(`Resources:\n${resources}`, options)["Resources"]);

/** For tests: what is wrong with the resources written, one finding after the other. */
export const problemsOf = (resources: string): string[] => {
  try {
    transformText(`Resources:\n${resources}`);
  } catch (error) {
    if (error instanceof InvalidSamTemplate) return error.causes.map((cause) => cause.message);
    throw error;
  }
  return [];
};
