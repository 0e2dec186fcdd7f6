import { promisify } from "node:util";
import { crc32, deflate, gzip } from "node:zlib";
import type { HttpResponse } from "../kernel/http.ts";

/** What DynamoDB sends unpacked, whatever the client accepts. */
const MAX_UNPACKED_BYTES = 4096;

const PACKERS = { gzip: promisify(gzip), deflate: promisify(deflate) };
type Encoding = keyof typeof PACKERS;

/**
 * An answer as a client accepts it. AWS: DynamoDB, the one whose answers carry their CRC-32, packs what is longer than 4 KB,
 * and the checksum is of what is sent.
 */
export const packedAnswer = (
  response: HttpResponse,
  accepted: string | undefined,
): HttpResponse | Promise<HttpResponse> => {
  const { body, headers } = response;
  if (accepted === undefined || headers["x-amz-crc32"] === undefined || typeof body !== "string") return response;
  if (Buffer.byteLength(body) <= MAX_UNPACKED_BYTES) return response;
  const encoding = acceptedEncoding(accepted);
  return encoding ? packed(response, body, encoding) : response;
};

const packed = async (response: HttpResponse, text: string, encoding: Encoding): Promise<HttpResponse> => {
  const body = await PACKERS[encoding](text);
  const headers = { ...response.headers, "content-encoding": encoding, "x-amz-crc32": String(crc32(body)) };
  return { ...response, headers, body };
};

/**
 * The encoding a client likes best: by its weight, then named before `*`, then in the order named.
 * AWS: a client cannot keep its answers plain by liking `identity` better.
 */
export const acceptedEncoding = (accepted: string): Encoding | undefined => {
  const listed = accepted.split(",").map((entry) => {
    const [name = "", ...parameters] = entry.split(";");
    return { name: name.trim().toLowerCase(), weight: weightOf(parameters) };
  });
  const named = listed.flatMap(({ name, weight }) => (isEncoding(name) ? [{ name, weight }] : []));
  const others = listed.find(({ name }) => name === "*");
  const unnamed = ENCODINGS.filter((encoding) => !named.some(({ name }) => name === encoding));
  const all = [...named, ...unnamed.map((name) => ({ name, weight: others?.weight ?? 0 }))];
  const [best] = all.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight);
  return best?.name;
};

const ENCODINGS: readonly Encoding[] = ["gzip", "deflate"];

const isEncoding = (name: string): name is Encoding => name === "gzip" || name === "deflate";

/** One where none is told that can be read, and no more than one. */
const weightOf = (parameters: readonly string[]): number => {
  const told = parameters.find((parameter) => parameter.trim().startsWith("q="));
  const weight = told === undefined ? 1 : Number(told.trim().slice(2));
  return Number.isNaN(weight) ? 1 : Math.min(weight, 1);
};
