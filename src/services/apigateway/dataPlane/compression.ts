import { promisify } from "node:util";
import { deflate, gunzip, gzip, inflate } from "node:zlib";
import type { HttpResponse } from "../../../kernel/http.ts";
import { MAX_PAYLOAD_BYTES } from "../limits.ts";

const CODINGS = {
  gzip: { pack: promisify(gzip), unpack: promisify<Buffer, object, Buffer>(gunzip) },
  deflate: { pack: promisify(deflate), unpack: promisify<Buffer, object, Buffer>(inflate) },
};
type Coding = keyof typeof CODINGS;

const isCoding = (name: string): name is Coding => name === "gzip" || name === "deflate";

/**
 * A request's body as backends and templates see it, or why there is none: it is in no coding that API Gateway knows, not
 * in the one it says, or too large. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html
 */
export const unpackedBody = async (
  bytes: Buffer,
  coding: string | undefined,
): Promise<Buffer | "UNSUPPORTED_MEDIA_TYPE" | "REQUEST_TOO_LARGE"> => {
  const name = coding?.trim().toLowerCase() ?? "";
  if (bytes.length === 0 || name === "" || name === "identity") return bytes;
  if (!isCoding(name)) return "UNSUPPORTED_MEDIA_TYPE";
  try {
    return await CODINGS[name].unpack(bytes, { maxOutputLength: MAX_PAYLOAD_BYTES });
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    return isTooLarge ? "REQUEST_TOO_LARGE" : "UNSUPPORTED_MEDIA_TYPE";
  }
};

/**
 * An integration's answer as the caller accepts it, where the API compresses answers of its size and it is not compressed
 * already. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-receive-response-with-compressed-payload.html
 */
export const packedAnswer = async (
  answer: HttpResponse,
  leastBytes: number | undefined,
  accepted: string | undefined,
): Promise<HttpResponse> => {
  const { body, headers } = answer;
  if (leastBytes === undefined || accepted === undefined || headers["content-encoding"] !== undefined) return answer;
  const coding = likedBest(accepted);
  const bytes = typeof body === "string" || body instanceof Uint8Array ? Buffer.from(body) : undefined;
  if (!coding || !bytes || bytes.length < leastBytes) return answer;
  return { ...answer, headers: { ...headers, "content-encoding": coding }, body: await CODINGS[coding].pack(bytes) };
};

/** AWS: what a caller likes best must be a coding that there is, by its name: of equal ones it is the first. */
const likedBest = (accepted: string): Coding | undefined => {
  const listed = accepted.split(",").map((entry) => {
    const [name = "", ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    return { name, weight: weight === undefined ? 1 : Number(weight) };
  });
  const [best] = listed.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight);
  return best && isCoding(best.name) ? best.name : undefined;
};
