import { AwsError } from "../../../kernel/errors.ts";

/** Where something stands in a template: keys and indexes from the root. */
export type TemplatePath = readonly (string | number)[];

/** A template the service refuses; the message is the service's own, `path` is where it stands when that is known. */
export class TemplateError extends AwsError {
  readonly path: TemplatePath | undefined;

  constructor(message: string, path?: TemplatePath) {
    super("ValidationError", message);
    this.path = path;
  }
}

/** "Template format error: …": the template's structure is wrong. */
export const formatError = (message: string, path?: TemplatePath): TemplateError =>
  new TemplateError(`Template format error: ${message}`, path);

/** "Template error: …": a function in the template is wrong, or cannot be evaluated. */
export const functionError = (message: string, path?: TemplatePath): TemplateError =>
  new TemplateError(`Template error: ${message}`, path);
