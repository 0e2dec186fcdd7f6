import type { HttpResponse } from "../../../kernel/http.ts";

/** Names that do not simply begin each word with a capital. */
const SPECIAL: Readonly<Record<string, string>> = {
  "x-amzn-errortype": "x-amzn-ErrorType",
  "x-amzn-requestid": "x-amzn-RequestId",
};

/** A response's headers in the case that AWS writes them in; within this cloud names are in lower case. */
export const spelledHeaders = (headers: HttpResponse["headers"]): HttpResponse["headers"] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [SPECIAL[name] ?? capitalized(name), value]));

const capitalized = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, dash, letter) => dash + letter.toUpperCase());
