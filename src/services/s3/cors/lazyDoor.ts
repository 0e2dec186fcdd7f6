import { type FrontDoor, type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import { s3Address } from "../../../kernel/s3Address.ts";
import { isS3Room } from "../isRoom.ts";

/** How requests from other origins reach buckets. */
export interface S3Cors {
  /** Answers preflight requests for buckets that are there, and for hosts that name any. */
  readonly door: FrontDoor;
  /** Adds to an answer what lets a browser hand it to a page of another origin, where the bucket's rules allow it. */
  decorate(request: HttpRequest, response: HttpResponse): Promise<HttpResponse>;
}

/** Only S3's answers carry this header. */
const S3_ANSWER = "x-amz-id-2";

/** `peek` gives S3's room where it is open: without one, there is no bucket. */
export const s3Cors = (peek: () => unknown): S3Cors => ({
  door: (request) => {
    if (request.method !== "OPTIONS" || request.path.startsWith("/_")) return undefined;
    const { bucket, path } = s3Address(request);
    const room = peek();
    if (bucket === undefined || !isS3Room(room)) return undefined;
    const isThere = room.buckets.has(bucket);
    // A path may be another service's; a host that names a bucket is S3's alone.
    if (!isThere && path !== request.path) return undefined;
    const found = isThere ? (room.configurations.cors.get(bucket) ?? "no rules") : "no bucket";
    return import("./preflight.ts").then(({ preflight }) => preflight(request, found, room.ids.uuid()));
  },
  decorate: async (request, response) => {
    const origin = header(request.headers, "origin");
    if (origin === undefined || !(S3_ANSWER in response.headers)) return response;
    const { bucket } = s3Address(request);
    if (bucket === undefined) return response;
    const room = peek();
    const cors = isS3Room(room) ? room.configurations.cors.get(bucket) : undefined;
    const asked = { origin, method: request.method, headers: [] };
    const { corsHeaders, corsRuleFor } = await import("./rules.ts");
    const rule = cors && corsRuleFor(cors, asked);
    return rule ? { ...response, headers: { ...response.headers, ...corsHeaders(rule, asked) } } : response;
  },
});
