import type { BodyOut } from "./aws.ts";

/** The bytes of a body that an operation answered: whole from within, or as a stream. */
export const bytesOf = async (body: BodyOut | undefined): Promise<Uint8Array> => {
  if (body === undefined || typeof body === "string") return Buffer.from(body ?? "");
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** The same as text. */
export const textOf = async (body: BodyOut | undefined): Promise<string> => Buffer.from(await bytesOf(body)).toString();
