import { type HttpRequest, header, requestLike } from "../kernel/http.ts";
import { readBody } from "./body.ts";

const MAX_FORM_BYTES = 1024 * 1024;
const FORM = /^application\/x-www-form-urlencoded\b/i;

/**
 * Whether a request is a form that nobody signed: it names its service in its body alone. So do those who have no
 * credentials yet, and ask STS for some.
 */
export const isUnsignedForm = ({ method, headers, path, rawQuery }: HttpRequest): boolean =>
  method === "POST" &&
  path === "/" &&
  rawQuery === "" &&
  header(headers, "authorization") === undefined &&
  FORM.test(header(headers, "content-type") ?? "");

/** The same request with its body at hand; an empty one where it is too large for a form, or its client went away. */
export const withForm = async (request: HttpRequest): Promise<HttpRequest> => {
  if (request.bytes) return request;
  const bytes = await readBody(request.body, MAX_FORM_BYTES).catch(() => Buffer.alloc(0));
  return requestLike(request, { bytes });
};
