import { JSONPath } from "jsonpath-plus";
import { parse } from "velocityjs";
import { javaMethod } from "./javaMethods.ts";
import { javaText } from "./javaText.ts";
import { withoutReservedNames } from "./reservedNames.ts";
import { SilentTemplate } from "./silentTemplate.ts";

/** What a template may speak of. */
export interface TemplateScope {
  /** The request's body, or the backend's answer. */
  readonly body: string;
  readonly parameters: {
    readonly path: Readonly<Record<string, string>>;
    readonly querystring: Readonly<Record<string, string>>;
    readonly header: Readonly<Record<string, string>>;
  };
  readonly context: object;
  /** What an earlier template of the same request has set. */
  readonly earlier?: Overrides;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** What a template made, and what it set going elsewhere. */
export interface Rendered {
  readonly text: string;
  readonly overrides: Overrides;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html */
export interface Overrides {
  readonly request: {
    readonly header: Readonly<Record<string, string>>;
    readonly path: Readonly<Record<string, string>>;
    readonly querystring: Readonly<Record<string, string>>;
  };
  readonly response: { readonly status?: number; readonly header: Readonly<Record<string, string>> };
  /** Both as the template has left them, for a later one to see. */
  readonly left: OverrideVariables;
}

/** `$context.requestOverride` and `$context.responseOverride`, in which templates may put anything. */
interface OverrideVariables {
  readonly requestOverride: { readonly header: object; readonly path: object; readonly querystring: object };
  readonly responseOverride: { readonly header: object; readonly status?: unknown };
}

const NOTHING_SET: OverrideVariables = {
  requestOverride: { header: {}, path: {}, querystring: {} },
  responseOverride: { header: {} },
};

/** What is overridden where no template was evaluated. */
export const noOverrides: Overrides = {
  request: { header: {}, path: {}, querystring: {} },
  response: { header: {} },
  left: NOTHING_SET,
};

type Template = ReturnType<typeof parse>;

/** Says that a template cannot be read, and where. */
export class UnreadableTemplate extends Error {}

/** Reads a template once for all its uses. Throws UnreadableTemplate. */
export const parseTemplate = (template: string): Template => {
  try {
    return parse(withoutReservedNames(template));
  } catch (error) {
    const [line = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new UnreadableTemplate(line);
  }
};

/** A template cannot be evaluated over what it was given. */
export class FailedTemplate extends Error {}

/** Evaluates a template. Throws FailedTemplate. https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html */
export const renderTemplate = (template: Template, scope: TemplateScope): Rendered => {
  const left: OverrideVariables = structuredClone(scope.earlier?.left ?? NOTHING_SET);
  const context = { ...structuredClone(scope.context), ...left };
  const compiled = new SilentTemplate(template, {
    escape: false,
    customMethodHandlers: [
      {
        uid: "java",
        match: ({ property, context: value }) => javaMethod(value, property) !== undefined,
        resolve: ({ property, context: value, params }) => javaMethod(value, property)?.(...(params ?? [])),
      },
    ],
  });
  compiled.mute(context);
  const variables = { input: inputOf(scope), util: UTIL, context, stageVariables: { ...scope.stageVariables } };
  return { text: evaluated(() => compiled.render(variables)), overrides: overridesOf(left) };
};

/** Whatever goes wrong is the template's: texts that cannot be decoded, patterns that are none, macros without an end. */
const evaluated = (render: () => string): string => {
  try {
    return String(render());
  } catch (error) {
    throw new FailedTemplate(error instanceof Error ? error.message : String(error));
  }
};

const overridesOf = (left: OverrideVariables): Overrides => {
  const { header, path, querystring } = left.requestOverride;
  const status = Number(left.responseOverride.status);
  return {
    request: { header: texts(header), path: texts(path), querystring: texts(querystring) },
    response: {
      ...(Number.isInteger(status) && status >= 100 && status <= 599 ? { status } : {}),
      header: texts(left.responseOverride.header),
    },
    left,
  };
};

const texts = (values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

/** `$input` */
const inputOf = ({ body, parameters }: TemplateScope) => {
  let document: unknown;
  let isRead = false;
  const root = () => {
    if (!isRead) document = parsed(body);
    isRead = true;
    return document;
  };
  const named = (name: string) => parameters.path[name] ?? parameters.querystring[name] ?? headerIn(parameters, name);
  return {
    // AWS: of a request without a body, it is an empty object.
    body: body === "" ? "{}" : body,
    json: (path: string) => JSON.stringify(at(root(), path) ?? ""),
    path: (path: string) => at(root(), path) ?? "",
    params: (name?: string) => (name === undefined ? copyOf(parameters) : (named(name) ?? "")),
  };
};

const headerIn = ({ header }: TemplateScope["parameters"], name: string): string | undefined =>
  Object.entries(header).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

const copyOf = ({ path, querystring, header }: TemplateScope["parameters"]) => ({
  path: { ...path },
  querystring: { ...querystring },
  header: { ...header },
});

/** AWS: a body that is no JSON has nothing in it but itself. */
const parsed = (body: string): unknown => {
  try {
    return body === "" ? {} : JSON.parse(body);
  } catch {
    return body;
  }
};

/** What stands at a JSONPath: one value where the path can mean but one, and a list otherwise. */
const at = (document: unknown, path: string): unknown => {
  if (path === "$") return document;
  if (typeof document !== "object" || document === null) return undefined;
  const [, place] = /^(.*)\.(?:length|size)\(\)$/s.exec(path) ?? [];
  if (place !== undefined) return sizeOf(at(document, place));
  const result: unknown = JSONPath({ path, json: document, eval: "safe", wrap: true });
  const found: readonly unknown[] = Array.isArray(result) ? result : [];
  const isDefinite = !/\.\.|\*|\?\(|[,:]/.test(path);
  return isDefinite ? found[0] : found;
};

/** Functions that a path may end with. */
const sizeOf = (value: unknown): number | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  return Array.isArray(value) ? value.length : Object.keys(value).length;
};

/** `$util` https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference */
const UTIL = {
  escapeJavaScript: (value: unknown) => escapedJavaScript(javaText(value)),
  parseJson: (value: unknown) => parsed(javaText(value)),
  urlEncode: (value: unknown) => encodeURIComponent(javaText(value)).replaceAll("%20", "+"),
  urlDecode: (value: unknown) => decodeURIComponent(javaText(value).replaceAll("+", " ")),
  base64Encode: (value: unknown) => Buffer.from(javaText(value)).toString("base64"),
  base64Decode: (value: unknown) => Buffer.from(javaText(value), "base64").toString(),
};

/** As Java's StringEscapeUtils does: quotes of both kinds and slashes too. */
const escapedJavaScript = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => escapedUnit(text.charAt(at), text.charCodeAt(at))).join("");

const escapedUnit = (character: string, code: number): string => {
  const isPlain = code >= 0x20 && code < 0x7f;
  return SHORT_ESCAPES[character] ?? (isPlain ? character : `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`);
};

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "'": "\\'",
  "/": "\\/",
  "\b": "\\b",
  "\n": "\\n",
  "\t": "\\t",
  "\f": "\\f",
  "\r": "\\r",
};
