import type { Context } from "../../../kernel/context.ts";
import { AwsError, known } from "../../../kernel/errors.ts";
import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import type { WebsiteDocument } from "../configurations.ts";
import { isS3Room } from "../isRoom.ts";
import type { Room } from "../room.ts";
import { errorPage } from "./errorPage.ts";
import { objectResponse } from "./objectResponse.ts";
import { redirectAll, redirectBy, ruleFor } from "./redirects.ts";

/** One visitor's request for a page. */
interface Visit {
  readonly request: HttpRequest;
  readonly bucket: string;
  readonly website: WebsiteDocument;
  /** The key asked for, before an index document is added. */
  readonly key: string;
  /** Nobody in particular: what a visitor may read, anyone may. */
  readonly visitor: Context;
  readonly requestId: string;
}

/**
 * Answers a website's visitor, with index and error documents and redirects.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html
 */
export const serveWebsite = async (
  request: HttpRequest,
  bucket: string,
  open: () => Promise<unknown>,
): Promise<HttpResponse> => {
  const room = await open();
  const response = await answer(known(isS3Room(room) ? room : undefined, "S3's room"), request, bucket);
  if (request.method !== "HEAD") return response;
  return { status: response.status, headers: response.headers };
};

const answer = async (room: Room, request: HttpRequest, name: string): Promise<HttpResponse> => {
  const requestId = room.ids.uuid();
  const bucket = room.buckets.get(name);
  if (!bucket) return errorPage(requestId, noBucket(name));
  const website = room.configurations.website.get(name);
  if (!website) return errorPage(requestId, noWebsite(name));
  if (request.method !== "GET" && request.method !== "HEAD") return errorPage(requestId, wrongMethod(request.method));
  const key = keyOf(request.path);
  if (website.RedirectAllRequestsTo) return redirectAll(website.RedirectAllRequestsTo, request);
  const rule = ruleFor(website, key, undefined);
  if (rule) return redirectBy(rule, key, request);
  const visitor = room.contextAs({ kind: "anonymous", account: bucket.account });
  return page({ request, bucket: name, website, key, visitor, requestId });
};

const page = async (visit: Visit): Promise<HttpResponse> => {
  const { key, website } = visit;
  const suffix = website.IndexDocument?.Suffix ?? "";
  const wanted = key === "" || key.endsWith("/") ? key + suffix : key;
  try {
    return await read(visit, wanted);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (wanted === key && (await isFolder(visit, suffix))) {
      return { status: 302, headers: { location: `${visit.request.path}/` } };
    }
    return failed(visit, error);
  }
};

/** AWS: what fails is redirected by rule, or answered with the error document under the error's own status. */
const failed = async (visit: Visit, error: AwsError): Promise<HttpResponse> => {
  const { website, request, key, requestId } = visit;
  const rule = ruleFor(website, key, error.statusCode);
  if (rule) return redirectBy(rule, key, request);
  const document = website.ErrorDocument?.Key;
  if (document === undefined || error.statusCode < 400) return errorPage(requestId, error);
  try {
    const body = await visit.visitor.call("s3", "GetObject", { Bucket: visit.bucket, Key: document });
    // AWS: an error document that redirects does so, and the error's status is lost.
    if (body.WebsiteRedirectLocation) return redirectTo(body.WebsiteRedirectLocation);
    return { ...objectResponse(body), status: error.statusCode };
  } catch (second) {
    if (!(second instanceof AwsError)) throw second;
    return errorPage(requestId, error, second);
  }
};

const read = async ({ request, bucket, visitor }: Visit, Key: string): Promise<HttpResponse> => {
  const asDate = (name: string) => {
    const time = Date.parse(header(request.headers, name) ?? "");
    return Number.isNaN(time) ? undefined : new Date(time);
  };
  const output = await visitor.call("s3", "GetObject", {
    Bucket: bucket,
    Key,
    Range: header(request.headers, "range"),
    IfMatch: header(request.headers, "if-match"),
    IfNoneMatch: header(request.headers, "if-none-match"),
    IfModifiedSince: asDate("if-modified-since"),
    IfUnmodifiedSince: asDate("if-unmodified-since"),
  });
  if (output.WebsiteRedirectLocation) return redirectTo(output.WebsiteRedirectLocation);
  return objectResponse(output);
};

const redirectTo = (location: string): HttpResponse => ({ status: 301, headers: { location } });

/** Whether there is an index document below a path that was asked for without its closing slash. */
const isFolder = async ({ key, bucket, visitor }: Visit, suffix: string): Promise<boolean> => {
  if (suffix === "") return false;
  try {
    await visitor.call("s3", "HeadObject", { Bucket: bucket, Key: `${key}/${suffix}` });
    return true;
  } catch {
    // Not there, or not for this visitor.
    return false;
  }
};

const keyOf = (path: string): string => {
  const key = path.replace(/^\//, "");
  try {
    return decodeURIComponent(key);
  } catch {
    // A stray percent sign: the text stands for itself.
    return key;
  }
};

const noBucket = (BucketName: string) =>
  new AwsError("NoSuchBucket", "The specified bucket does not exist", 404, { BucketName });

const noWebsite = (BucketName: string) =>
  new AwsError("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration", 404, {
    BucketName,
  });

const wrongMethod = (Method: string) =>
  new AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", 405, {
    Method,
    ResourceType: "OBJECT",
  });
