import { isUtf8 } from "node:buffer";

/** A body on its way to or from a backend: text, or bytes that must stay as they are. */
export interface Payload {
  readonly bytes: Buffer;
  readonly isBinary: boolean;
}

type Form = "CONVERT_TO_TEXT" | "CONVERT_TO_BINARY";

/** A body of one of an API's binary media types, or of none: what is no UTF-8 in a text is lost. */
export const payload = (bytes: Buffer, isBinary: boolean): Payload => ({
  bytes: isBinary || isUtf8(bytes) ? bytes : Buffer.from(bytes.toString()),
  isBinary: isBinary && bytes.length > 0,
});

/**
 * A body in the form that is asked for: bytes become base64, and base64 bytes. Undefined where a text should be base64
 * and is none. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export const converted = (given: Payload, form: Form | undefined): Payload | undefined => {
  const { bytes, isBinary } = given;
  if (form === "CONVERT_TO_TEXT" && isBinary) {
    return { bytes: Buffer.from(bytes.toString("base64")), isBinary: false };
  }
  if (form !== "CONVERT_TO_BINARY" || isBinary || bytes.length === 0) return given;
  const decoded = decodedBase64(bytes.toString());
  return decoded && { bytes: decoded, isBinary: true };
};

/** The form of an answer where nothing is said of it. AWS: what the first type of `Accept` asks for. */
export const acceptedForm = (acceptsBinary: boolean): Form => (acceptsBinary ? "CONVERT_TO_BINARY" : "CONVERT_TO_TEXT");

/** The bytes of a base64 text; undefined when it is none. */
export const decodedBase64 = (text: string): Buffer | undefined =>
  BASE64.test(text) ? Buffer.from(text, "base64") : undefined;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
