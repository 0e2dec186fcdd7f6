import type { AwsError } from "../../../kernel/errors.ts";
import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import type { Operation } from "../room.ts";

type PutOutput = Awaited<ReturnType<Operation<"PutObject">>>;

interface Written {
  readonly request: HttpRequest;
  readonly fields: ReadonlyMap<string, string>;
  readonly bucket: string;
  readonly key: string;
  readonly output: Readonly<Record<string, unknown>> | PutOutput;
}

/** What a form is answered: as it asks, or with nothing but a status. */
export const writtenResponse = ({ request, fields, bucket, key, output }: Written): HttpResponse => {
  const told: Readonly<Record<string, unknown>> = { ...output };
  const etag = String(told["ETag"]);
  const redirect = redirectOf(fields);
  if (redirect) {
    for (const [name, value] of Object.entries({ bucket, key, etag })) redirect.searchParams.set(name, value);
    return { status: 303, headers: { location: redirect.href } };
  }
  const location = locationOf(request, bucket, key);
  const headers = { etag, location, ...headersOf(told) };
  const status = fields.get("success_action_status");
  if (status === "200") return { status: 200, headers };
  if (status !== "201") return { status: 204, headers };
  const parts = { Location: location, Bucket: bucket, Key: key, ETag: etag };
  return { status: 201, headers: { ...headers, ...XML }, body: documentOf("PostResponse", parts) };
};

/** AWS: what is no whole URL is as if it were not there. */
const redirectOf = (fields: ReadonlyMap<string, string>): URL | undefined => {
  const text = fields.get("success_action_redirect") ?? fields.get("redirect");
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
};

const locationOf = (request: HttpRequest, bucket: string, key: string): string => {
  const scheme = request.isSecure ? "https" : "http";
  const path = request.path.startsWith(`/${bucket}`) ? `/${bucket}` : "";
  return `${scheme}://${header(request.headers, "host") ?? request.host}${path}/${encodeURIComponent(key)}`;
};

const headersOf = (told: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(told).flatMap(([name, value]) => {
      const checksum = /^Checksum(.+)$/.exec(name)?.[1]?.toLowerCase();
      const known = checksum === undefined ? HEADERS[name] : `x-amz-checksum-${checksum}`;
      return known === undefined ? [] : [[known, String(value)]];
    }),
  );

const HEADERS: Readonly<Record<string, string>> = {
  VersionId: "x-amz-version-id",
  ServerSideEncryption: "x-amz-server-side-encryption",
  SSEKMSKeyId: "x-amz-server-side-encryption-aws-kms-key-id",
  SSECustomerAlgorithm: "x-amz-server-side-encryption-customer-algorithm",
  SSECustomerKeyMD5: "x-amz-server-side-encryption-customer-key-md5",
};

export const refusalResponse = (error: AwsError, requestId: string): HttpResponse => {
  const { code, message, details, statusCode } = error;
  const own = Object.entries(details).filter(([name]) => /^[A-Z]/.test(name));
  const members = { Code: code, Message: message, ...Object.fromEntries(own), RequestId: requestId, HostId: "aloft" };
  const headers = { ...XML, "x-amz-request-id": requestId };
  return { status: statusCode, headers, body: documentOf("Error", members) };
};

const XML = { "content-type": "application/xml" };

const documentOf = (root: string, members: Readonly<Record<string, unknown>>): string => {
  const elements = Object.entries(members).map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${elements.join("")}</${root}>`;
};

const escaped = (text: string): string => text.replace(/[<>&"]/g, (char) => `&#${char.charCodeAt(0)};`);
