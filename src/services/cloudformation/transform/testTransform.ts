import type { SamOptions } from "./options.ts";
import { readTemplateText } from "./templateText.ts";
import { transformDict } from "./transform.ts";
import { toJsonObject } from "./values/convert.ts";

/** For tests: transforms a template's text and answers its resources as plain data. */
export const transformText = (text: string, options: Partial<SamOptions> = {}) =>
  toJsonObject(transformDict(readTemplateText(text), { region: "eu-central-1", ...options }));
