import type { Readable } from "node:stream";
import type { IonType, Reader, Writer } from "ion-js";
import { errorMessage } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import type { AttributeValue, Item } from "../values/attributeValue.ts";
import { decimalOf } from "../values/numbers.ts";
import { type InputItem, type InputValue, readItem } from "../values/readValue.ts";
import { MAX_ITEM_CHARACTERS, type ParsedItem } from "./parse.ts";

type Ion = typeof import("ion-js");

const SETS = { SS: "$dynamodb_SS", NS: "$dynamodb_NS", BS: "$dynamodb_BS" } as const;

/**
 * Writes a line of an export in Ion's text: a structure of items, such as `{Item: …}`.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */
export const ionLine = (ion: Ion, line: Readonly<Record<string, Item>>): string => {
  const writer = ion.makeTextWriter();
  writer.stepIn(ion.IonTypes.STRUCT);
  for (const [name, item] of Object.entries(line)) {
    writer.writeFieldName(name);
    writeItem(ion, writer, item);
  }
  writer.stepOut();
  writer.close();
  return `$ion_1_0 ${Buffer.from(writer.getBytes()).toString()}`;
};

const writeItem = (ion: Ion, writer: Writer, item: Item): void => {
  writer.stepIn(ion.IonTypes.STRUCT);
  for (const [name, value] of Object.entries(item)) {
    writer.writeFieldName(name);
    writeValue(ion, writer, value);
  }
  writer.stepOut();
};

const writeValue = (ion: Ion, writer: Writer, value: AttributeValue): void => {
  if ("S" in value) writer.writeString(value.S);
  else if ("N" in value) writeNumber(ion, writer, value.N);
  else if ("B" in value) writer.writeBlob(Buffer.from(value.B, "base64"));
  else if ("BOOL" in value) writer.writeBoolean(value.BOOL);
  else if ("NULL" in value) writer.writeNull(ion.IonTypes.NULL);
  else if ("M" in value) writeItem(ion, writer, value.M);
  else if ("L" in value) writeList(ion, writer, value.L);
  else if ("SS" in value)
    writeList(
      ion,
      writer,
      value.SS.map((S) => ({ S })),
      SETS.SS,
    );
  else if ("NS" in value)
    writeList(
      ion,
      writer,
      value.NS.map((N) => ({ N })),
      SETS.NS,
    );
  else
    writeList(
      ion,
      writer,
      value.BS.map((B) => ({ B })),
      SETS.BS,
    );
};

const writeNumber = (ion: Ion, writer: Writer, number: string): void => {
  const { negative, digits, exponent } = decimalOf(number);
  const isZero = digits === "";
  writer.writeDecimal(
    new ion.Decimal(BigInt(isZero ? 0 : digits), isZero ? 0 : exponent - digits.length + 1, negative),
  );
};

const writeList = (ion: Ion, writer: Writer, values: readonly AttributeValue[], annotation?: string): void => {
  if (annotation !== undefined) writer.setAnnotations([annotation]);
  writer.stepIn(ion.IonTypes.LIST);
  for (const value of values) writeValue(ion, writer, value);
  writer.stepOut();
};

/** The items of an object in Ion's text. AWS: each is a line of its own. */
export async function* ionItems(bytes: Readable): AsyncGenerator<ParsedItem> {
  const ion = await import("ion-js");
  for await (const line of linesOf(bytes)) {
    if (line.trim() === "") continue;
    yield { bytes: Buffer.byteLength(line), read: () => readItem(itemIn(ion, line)) };
  }
}

/** What is longer than any item ends the object: the beginning of it is no item. */
async function* linesOf(bytes: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    if (rest.length > MAX_ITEM_CHARACTERS) break;
  }
  yield rest;
}

const itemIn = (ion: Ion, line: string): InputItem => {
  try {
    const reader = ion.makeReader(line);
    if (reader.next() !== ion.IonTypes.STRUCT) throw validationError("A line of an import is no structure");
    const { Item } = membersOf(ion, reader);
    if (!Item?.M || reader.next() !== null) throw validationError("A line of an import has no Item, or more than one");
    return Item.M;
  } catch (error) {
    // What the reader says of what is no Ion are errors of many kinds.
    throw validationError(errorMessage(error));
  }
};

const membersOf = (ion: Ion, reader: Reader): InputItem => {
  const members: [string, InputValue][] = [];
  reader.stepIn();
  for (let type = reader.next(); type !== null; type = reader.next())
    members.push([reader.fieldName() ?? "", readIonValue(ion, reader, type)]);
  reader.stepOut();
  return Object.fromEntries(members);
};

const readIonValue = (ion: Ion, reader: Reader, type: IonType): InputValue => {
  const { IonTypes: is } = ion;
  if (reader.isNull()) return { NULL: true };
  switch (type) {
    case is.STRING:
      return { S: reader.stringValue() ?? "" };
    case is.BOOL:
      return { BOOL: reader.booleanValue() ?? false };
    case is.DECIMAL:
      return { N: String(reader.decimalValue()) };
    case is.INT:
      return { N: String(reader.bigIntValue()) };
    case is.BLOB:
      return { B: reader.uInt8ArrayValue() ?? new Uint8Array() };
    case is.STRUCT:
      return { M: membersOf(ion, reader) };
    case is.LIST:
      return listOf(ion, reader);
    default:
      throw validationError(`The Ion type ${type.name} is no type of DynamoDB`);
  }
};

/** A list, or the set that its annotation makes of it. */
const listOf = (ion: Ion, reader: Reader): InputValue => {
  const [annotation] = reader.annotations();
  const elements: InputValue[] = [];
  reader.stepIn();
  for (let type = reader.next(); type !== null; type = reader.next()) elements.push(readIonValue(ion, reader, type));
  reader.stepOut();
  if (annotation === SETS.SS) return { SS: elements.map(({ S }) => elementOf(S)) };
  if (annotation === SETS.NS) return { NS: elements.map(({ N }) => elementOf(N)) };
  if (annotation === SETS.BS) return { BS: elements.map(({ B }) => elementOf(B)) };
  return { L: elements };
};

const elementOf = <V>(value: V | undefined): V => {
  if (value === undefined) throw validationError("An element of a set is of another type");
  return value;
};
