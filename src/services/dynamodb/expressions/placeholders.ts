import { AwsError } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import { MAX_PLACEHOLDER_BYTES, MAX_SUBSTITUTION_BYTES } from "../limits.ts";
import type { AttributeValue } from "../values/attributeValue.ts";
import { type InputItem, nameFault, readValue } from "../values/readValue.ts";
import { valueSize } from "../values/size.ts";

/** AWS: transactions and Scan say which value is at fault, other operations only what the fault is. */
export type ValueFaults = "named" | "bare";

/** ExpressionAttributeNames and ExpressionAttributeValues of one request, and which of them its expressions use. */
export class Placeholders {
  readonly #names: ReadonlyMap<string, string>;
  readonly #values: ReadonlyMap<string, AttributeValue>;
  readonly #unusedNames: Set<string>;
  readonly #unusedValues: Set<string>;

  /** Throws ValidationException for placeholders or values that cannot be. */
  constructor(
    names: Readonly<Record<string, string>> | undefined,
    values: InputItem | undefined,
    valueFaults: ValueFaults,
  ) {
    this.#names = readNames(names);
    this.#values = readValues(values, valueFaults);
    checkSize(this.#names, this.#values);
    this.#unusedNames = new Set(this.#names.keys());
    this.#unusedValues = new Set(this.#values.keys());
  }

  /** The attribute name that `#placeholder` stands for. */
  name(placeholder: string): string | undefined {
    this.#unusedNames.delete(placeholder);
    return this.#names.get(placeholder);
  }

  /** The value that `:placeholder` stands for. */
  value(placeholder: string): AttributeValue | undefined {
    this.#unusedValues.delete(placeholder);
    return this.#values.get(placeholder);
  }

  /** Throws ValidationException when a placeholder was not used. To be called once all expressions are resolved. */
  assertAllUsed(): void {
    assertNone("ExpressionAttributeNames", this.#unusedNames);
    assertNone("ExpressionAttributeValues", this.#unusedValues);
  }
}

/** AWS: all that one request's placeholders stand for may be two megabytes. */
const checkSize = (names: ReadonlyMap<string, string>, values: ReadonlyMap<string, AttributeValue>): void => {
  let bytes = 0;
  for (const name of names.values()) bytes += Buffer.byteLength(name);
  for (const value of values.values()) bytes += "N" in value ? value.N.length : valueSize(value);
  if (bytes > MAX_SUBSTITUTION_BYTES)
    throw validationError(
      `The total size of ExpressionAttributeNames and ExpressionAttributeValues exceeds ${MAX_SUBSTITUTION_BYTES} bytes`,
    );
};

const assertNone = (parameter: string, unused: ReadonlySet<string>): void => {
  if (unused.size > 0)
    throw validationError(`Value provided in ${parameter} unused in expressions: keys: {${[...unused].join(", ")}}`);
};

const readNames = (names: Readonly<Record<string, string>> | undefined): ReadonlyMap<string, string> => {
  const entries = Object.entries(names ?? {});
  if (names !== undefined) assertKeys("ExpressionAttributeNames", /^#[0-9A-Za-z_]+$/, entries);
  for (const [placeholder, name] of entries) {
    const fault = nameFault(name);
    if (fault !== undefined)
      throw validationError(`ExpressionAttributeNames contains invalid value: ${fault} for key ${placeholder}`);
  }
  return new Map(entries);
};

const readValues = (values: InputItem | undefined, valueFaults: ValueFaults): ReadonlyMap<string, AttributeValue> => {
  const entries = Object.entries(values ?? {});
  if (values !== undefined) assertKeys("ExpressionAttributeValues", /^:[0-9A-Za-z_]+$/, entries);
  const read = new Map<string, AttributeValue>();
  for (const [placeholder, value] of entries) {
    try {
      read.set(placeholder, readValue(value));
    } catch (error) {
      if (!(error instanceof AwsError) || valueFaults === "bare") throw error;
      throw validationError(
        `ExpressionAttributeValues contains invalid value: ${error.message} for key ${placeholder}`,
      );
    }
  }
  return read;
};

const assertKeys = (parameter: string, form: RegExp, entries: readonly (readonly [string, unknown])[]): void => {
  if (entries.length === 0) throw validationError(`${parameter} must not be empty`);
  for (const [placeholder] of entries) {
    if (!form.test(placeholder))
      throw validationError(`${parameter} contains invalid key: Syntax error; key: "${placeholder}"`);
    if (placeholder.length > MAX_PLACEHOLDER_BYTES)
      throw validationError(
        `${parameter} contains invalid key: The maximum length of any single expression attribute name or value is 255 bytes`,
      );
  }
};
