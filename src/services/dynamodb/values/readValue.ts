import { invalidParameter, validationError } from "../errors.ts";
import { MAX_ATTRIBUTE_NAME_BYTES, MAX_NESTING_LEVELS } from "../limits.ts";
import type { AttributeValue, Item } from "./attributeValue.ts";
import { normaliseNumber } from "./numbers.ts";

/** An attribute value as a request carries it, with any number of members set: binary as the SDK has it, or as base64. */
export interface InputValue {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: Uint8Array | string | undefined;
  readonly SS?: readonly string[] | undefined;
  readonly NS?: readonly string[] | undefined;
  readonly BS?: readonly (Uint8Array | string)[] | undefined;
  readonly M?: InputItem | undefined;
  readonly L?: readonly InputValue[] | undefined;
  readonly NULL?: boolean | undefined;
  readonly BOOL?: boolean | undefined;
}

/** Attributes by name, as a request carries them. */
export interface InputItem {
  readonly [name: string]: InputValue;
}

/**
 * Checks an item and brings it to its canonical form.
 * Throws ValidationException, with AWS's words, for the first fault.
 */
export const readItem = (input: InputItem): Item => readMembers(input, 1);

/** The same for one value. */
export const readValue = (input: InputValue): AttributeValue => readAt(input, 1);

/** Why an attribute cannot have this name, in AWS's words; undefined when it can. */
export const nameFault = (name: string): string | undefined => {
  if (name === "") return "Empty attribute name";
  // A UTF-16 unit is three bytes at most: only long names are worth counting.
  const tooLarge = name.length * 3 > MAX_ATTRIBUTE_NAME_BYTES && Buffer.byteLength(name) > MAX_ATTRIBUTE_NAME_BYTES;
  return tooLarge ? "An attribute name must be less than 64 KB long" : undefined;
};

const readMembers = (input: InputItem, level: number): Item => {
  const item: Record<string, AttributeValue> = {};
  for (const name of Object.keys(input)) {
    const fault = nameFault(name);
    if (fault !== undefined) throw validationError(fault);
    const value = readAt(input[name] ?? NOTHING, level);
    if (name !== "__proto__") item[name] = value;
    else Object.defineProperty(item, name, { value, enumerable: true, writable: true, configurable: true });
  }
  return item;
};

const NOTHING: InputValue = {};

const readAt = (input: InputValue, level: number): AttributeValue => {
  if (level > MAX_NESTING_LEVELS)
    throw validationError(
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
    );
  // AWS reports the faults of the members before it counts them.
  let found: AttributeValue | undefined;
  let members = 0;
  for (const type in input) {
    const value = readMember(type, input, level);
    if (value === undefined) continue;
    found = value;
    members++;
  }
  if (found === undefined)
    throw validationError("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  if (members > 1)
    throw validationError(
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
  return found;
};

const readMember = (type: string, input: InputValue, level: number): AttributeValue | undefined => {
  switch (type) {
    case "S":
      return input.S === undefined ? undefined : { S: input.S };
    case "N":
      return input.N === undefined ? undefined : { N: normaliseNumber(input.N) };
    case "B":
      return input.B === undefined ? undefined : { B: base64(input.B) };
    case "BOOL":
      return input.BOOL === undefined ? undefined : { BOOL: input.BOOL };
    case "NULL":
      if (input.NULL === false) throw invalidParameter("Null attribute value types must have the value of true");
      return input.NULL === undefined ? undefined : { NULL: true };
    case "M":
      return input.M === undefined ? undefined : { M: readMembers(input.M, level + 1) };
    case "L":
      return input.L === undefined ? undefined : { L: input.L.map((element) => readAt(element, level + 1)) };
    default:
      return readSet(type, input);
  }
};

const readSet = (type: string, input: InputValue): AttributeValue | undefined => {
  if (type === "SS" && input.SS !== undefined) {
    // AWS: the two blanks are in its own message.
    if (input.SS.length === 0) throw invalidParameter("An string set  may not be empty");
    if (hasDuplicates(input.SS))
      throw invalidParameter(`Input collection [${input.SS.join(", ")}] contains duplicates.`);
    return { SS: [...input.SS] };
  }
  if (type === "NS" && input.NS !== undefined) {
    if (input.NS.length === 0) throw invalidParameter("An number set  may not be empty");
    const numbers = input.NS.map(normaliseNumber);
    if (hasDuplicates(numbers)) throw validationError("Input collection contains duplicates");
    return { NS: numbers };
  }
  if (type === "BS" && input.BS !== undefined) {
    if (input.BS.length === 0) throw invalidParameter("Binary sets should not be empty");
    const blobs = input.BS.map(base64);
    // AWS: no blank before "of" in its own message.
    if (hasDuplicates(blobs))
      throw invalidParameter(`Input collection [${blobs.join(", ")}]of type BS contains duplicates.`);
    return { BS: blobs };
  }
  return undefined;
};

const hasDuplicates = (elements: readonly string[]): boolean => new Set(elements).size < elements.length;

/** The canonical base64: a text may have been written with other bits where none count. */
const base64 = (bytes: Uint8Array | string): string =>
  typeof bytes === "string"
    ? Buffer.from(bytes, "base64").toString("base64")
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
