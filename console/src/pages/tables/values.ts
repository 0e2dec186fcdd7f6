/** An attribute's value as DynamoDB writes it: its type and what it is. */
export type Value = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, Value>>;

/** Types in the order in which they are offered. */
export const TYPES = ["S", "N", "BOOL", "NULL", "M", "L", "SS", "NS", "BS", "B"] as const;
export type Type = (typeof TYPES)[number];

export const TYPE_NAMES: Readonly<Record<Type, string>> = {
  S: "String",
  N: "Number",
  BOOL: "Boolean",
  NULL: "Null",
  M: "Map",
  L: "List",
  SS: "Set of strings",
  NS: "Set of numbers",
  BS: "Set of binaries",
  B: "Binary (base64)",
};

export const typeOf = (value: Value | undefined): Type => TYPES.find((type) => value && type in value) ?? "S";

/** A value in a cell: plain where it is plain, JSON where it holds others. */
export const valueText = (value: Value | undefined): string => {
  if (!value) return "";
  const type = typeOf(value);
  const inner = value[type];
  if (type === "S" || type === "N" || type === "B" || type === "BOOL") return String(inner);
  return type === "NULL" ? "null" : JSON.stringify(plain(value));
};

// Ten thousand rows are compared a hundred thousand times: what can be made once is not made for each.
const collator = new Intl.Collator(undefined, { numeric: true });

/** Which of two values comes first: numbers by what they are worth, all else by how it reads. */
export const compareValues = (a: Value | undefined, b: Value | undefined): number =>
  a && b && "N" in a && "N" in b ? Number(a["N"]) - Number(b["N"]) : collator.compare(valueText(a), valueText(b));

/** A value without its types, to read. */
const plain = (value: Value): unknown => {
  const type = typeOf(value);
  const inner = value[type];
  if (type === "M" && typeof inner === "object" && inner !== null)
    return Object.fromEntries(Object.entries(inner).map(([name, member]) => [name, plain(member)]));
  if (type === "L" && Array.isArray(inner)) return inner.map(plain);
  if (type === "N") return Number(inner);
  return type === "NULL" ? null : inner;
};

/** A value in a form's field: sets one to a line, maps and lists in DynamoDB's own JSON. */
export const fieldText = (value: Value | undefined): string => {
  if (!value) return "";
  const type = typeOf(value);
  const inner = value[type];
  if (type === "M" || type === "L") return JSON.stringify(inner, null, 2);
  if (Array.isArray(inner)) return inner.join("\n");
  return type === "NULL" ? "" : String(inner);
};

/** The way back. Throws a sentence for the field when the text is no such value. */
export const fieldValue = (type: Type, text: string): Value => {
  switch (type) {
    case "N":
      if (text.trim() === "" || !Number.isFinite(Number(text))) throw new Error("This is no number.");
      return { N: text.trim() };
    case "BOOL":
      return { BOOL: text === "true" };
    case "NULL":
      return { NULL: true };
    case "SS":
    case "NS":
    case "BS":
      return { [type]: text.split("\n").filter((line) => line !== "") };
    case "M":
    case "L":
      return { [type]: parsed(type, text) };
    default:
      return { [type]: text };
  }
};

const parsed = (type: "M" | "L", text: string): unknown => {
  const value: unknown = JSON.parse(text === "" ? (type === "M" ? "{}" : "[]") : text);
  if (Array.isArray(value) !== (type === "L")) throw new Error(type === "L" ? "A list is [ … ]." : "A map is { … }.");
  return value;
};

interface KeyElement {
  readonly AttributeName?: string | undefined;
  readonly KeyType?: string | undefined;
}

export const keyText = (schema: readonly KeyElement[]): string =>
  schema.map(({ AttributeName }) => AttributeName).join(" + ");
export const keyOf = (item: Item, schema: readonly KeyElement[]): Item =>
  Object.fromEntries(schema.map(({ AttributeName = "" }) => [AttributeName, item[AttributeName] ?? {}]));
export const keyId = (item: Item, schema: readonly KeyElement[]): string => JSON.stringify(keyOf(item, schema));
