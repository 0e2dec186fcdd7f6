import type { HttpHeaders } from "../kernel/http.ts";

/**
 * The headers of a request to S3, with those that its presigned URL carries: SDKs move what they can of them there. A header
 * that comes itself is heeded first.
 */
export const withPresignedHeaders = (headers: HttpHeaders, query: URLSearchParams): HttpHeaders => {
  if (!query.has("X-Amz-Signature") && !query.has("AWSAccessKeyId")) return headers;
  const moved = Array.from(query, ([name, value]) => [name.toLowerCase(), value] as const);
  return { ...Object.fromEntries(moved.filter(([name]) => MOVABLE.test(name))), ...headers };
};

/**
 * AWS: what must come as a header is not heeded in the URL: tags, encryption, and checksums, which are of no body yet when
 * the URL is made. The rest of what is left out are the signature's own parameters.
 */
const MOVABLE =
  /^(?:if-match|if-none-match|x-amz-(?!algorithm|checksum-|content-sha256|credential|date|expires|sdk-|security-token|server-side-encryption|signature|signedheaders|tagging$).+)$/;
