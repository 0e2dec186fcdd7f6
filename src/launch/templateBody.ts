import { parseDocument } from "yaml";
import { errorMessage } from "../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../kernel/json.ts";

/** What a template's text holds, as far as it can be read. */
export interface TemplateBody {
  /** Its functions are left as what they hold. */
  readonly body: JsonObject | undefined;
  /** The first thing that YAML forbids; CloudFormation takes much of that, and its refusals are its own to say. */
  readonly fault: string | undefined;
}

export const templateBody = (text: string): TemplateBody => {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent" });
  const fault = document.errors[0]?.message;
  try {
    const body: unknown = document.toJS();
    return { body: isJsonObject(body) ? body : undefined, fault };
  } catch (error) {
    return { body: undefined, fault: fault ?? errorMessage(error) };
  }
};
