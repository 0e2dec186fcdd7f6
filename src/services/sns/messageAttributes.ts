import { invalidAttribute } from "./errors.ts";
import { MAX_ATTRIBUTE_NAME_LENGTH } from "./limits.ts";
import type { MessageAttribute } from "./records.ts";

export interface AttributeInput {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** A message's attributes as they are kept. Throws AWS's refusal of those that are none. */
export const readAttributes = (
  attributes: Readonly<Record<string, AttributeInput>> = {},
): Readonly<Record<string, MessageAttribute>> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, input]) => {
      checkName(name);
      return [name, readAttribute(name, input)];
    }),
  );

const checkName = (name: string): void => {
  if (Buffer.byteLength(name) >= MAX_ATTRIBUTE_NAME_LENGTH) {
    throw invalidAttribute(`Length of message attribute name must be less than ${MAX_ATTRIBUTE_NAME_LENGTH} bytes.`);
  }
  const stranger = /[^\w.-]/u.exec(name)?.[0];
  if (stranger !== undefined) {
    throw invalidAttribute(
      `Invalid non-alphanumeric character '#x${stranger.codePointAt(0)?.toString(16).toUpperCase()}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  }
  if (name.startsWith(".")) {
    throw invalidAttribute("Invalid message attribute name starting with character '.' was found.");
  }
  if (name.endsWith(".")) throw invalidAttribute("Invalid message attribute name ending with character '.' was found.");
  if (name.includes("..")) throw invalidAttribute("Message attribute name can not have successive '.' character.");
};

const readAttribute = (name: string, { DataType, StringValue, BinaryValue }: AttributeInput): MessageAttribute => {
  const kind = /^(String|Number|Binary)(?:\..|$)/.exec(DataType)?.[1];
  if (kind === undefined) {
    throw invalidAttribute(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const field = kind === "Binary" ? "Binary" : "String";
  if (field === "Binary" ? StringValue !== undefined : BinaryValue !== undefined) {
    throw invalidAttribute(`The message attribute '${name}' with type '${DataType}' must use field '${field}'.`);
  }
  const value = field === "Binary" ? Buffer.from(BinaryValue ?? []).toString("base64") : StringValue;
  if (!value) {
    throw invalidAttribute(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
  return { type: DataType, value };
};
