import { StateFailure } from "../../../engines/states/failure.ts";
import { objectOf } from "../../../engines/states/values.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";

/** AWS: a task whose arguments are not of their form is not begun. */
export const unusable = (args: JsonObject, why: string) =>
  new StateFailure(
    "States.Runtime",
    `The Parameters '${JSON.stringify(args)}' could not be used to start the Task: [${why}]`,
  );

/** The texts of a member that holds one or several under each name. */
export const textsIn = (args: JsonObject, member: string): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(objectOf(args, member) ?? {}).map(([name, value]) => [name, [value].flat().map(scalarText)]),
  );

const scalarText = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Refuses headers that only whoever carries a message may set. */
export const refuseHeaders = (
  args: JsonObject,
  headers: Readonly<Record<string, unknown>>,
  restricted: RegExp,
): void => {
  const wrong = Object.keys(headers).find((name) => restricted.test(name));
  if (wrong !== undefined) throw unusable(args, `The header '${wrong}' may not be set in the field 'Headers'`);
};

/** Adds parameters to an address. */
export const withQuery = (url: URL, query: Readonly<Record<string, readonly string[]>>): URL => {
  for (const [name, values] of Object.entries(query)) for (const value of values) url.searchParams.append(name, value);
  return url;
};

type ArrayFormat = "INDICES" | "REPEAT" | "COMMAS" | "BRACKETS";

const isArrayFormat = (text: string): text is ArrayFormat => /^(INDICES|REPEAT|COMMAS|BRACKETS)$/.test(text);

/** https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#connect-http-task-definition */
export const formOf = (body: JsonValue, format: string): string => {
  const form = new URLSearchParams();
  if (isJsonObject(body)) {
    for (const [name, value] of Object.entries(body))
      addField(form, name, value, isArrayFormat(format) ? format : "INDICES");
  }
  return form.toString();
};

const addField = (form: URLSearchParams, name: string, value: JsonValue, format: ArrayFormat): void => {
  if (Array.isArray(value)) addList(form, name, value, format);
  else if (isJsonObject(value)) {
    for (const [inner, item] of Object.entries(value)) addField(form, `${name}[${inner}]`, item, format);
  } else form.append(name, value === null ? "" : String(value));
};

const addList = (form: URLSearchParams, name: string, items: readonly JsonValue[], format: ArrayFormat): void => {
  if (format === "COMMAS") form.append(name, items.map(scalarText).join(","));
  else {
    const nameAt = { INDICES: (at: number) => `${name}[${at}]`, REPEAT: () => name, BRACKETS: () => `${name}[]` }[
      format
    ];
    for (const [at, item] of items.entries()) addField(form, nameAt(at), item, format);
  }
};
