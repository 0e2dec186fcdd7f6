/** `<$.body.id>`, `<aws.pipes.pipe-arn>` */
const PLACEHOLDER = /<(\$[^<>]*|aws\.pipes\.[a-z.-]+)>/g;
const WHOLE = /^\s*<(\$[^<>]*|aws\.pipes\.[a-z.-]+)>\s*$/;
const DOCUMENT = /^\s*[{[]/;

/** The value of a placeholder; `isQuoted` tells whether it stands within a string. */
export type Resolve = (name: string, isQuoted: boolean) => unknown;

/**
 * A template with its placeholders filled. Throws SyntaxError where it is to be a document and is none then.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html
 */
export const filled = (template: string, resolve: Resolve): string => {
  const [, whole] = WHOLE.exec(template) ?? [];
  if (whole !== undefined) return asText(resolve(whole, false));
  const isDocument = DOCUMENT.test(template);
  const text = template.replace(PLACEHOLDER, (_placeholder, name: string, offset: number) => {
    const isQuoted = !isDocument || standsInString(template, offset);
    const value = resolve(name, isQuoted) ?? "";
    if (!isQuoted) return JSON.stringify(value);
    // AWS: objects lose their quotes within a string, so that it stays one.
    const inner = typeof value === "string" ? value : JSON.stringify(value).replaceAll('"', "");
    return isDocument ? JSON.stringify(inner).slice(1, -1) : inner;
  });
  if (isDocument) JSON.parse(text);
  return text;
};

const asText = (value: unknown = ""): string => (typeof value === "string" ? value : JSON.stringify(value));

/** A placeholder stands within a string when an odd number of quotes comes before it. */
const standsInString = (template: string, offset: number): boolean =>
  (template.slice(0, offset).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;

/** A text as JSON carries it: itself where it is JSON. */
export const asJson = (text: string): string => {
  try {
    JSON.parse(text);
    return text;
  } catch {
    // Plain text, which a template may well make.
    return JSON.stringify(text);
  }
};
