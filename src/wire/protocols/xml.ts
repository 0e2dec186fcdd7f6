import { XMLParser, XMLValidator } from "fast-xml-parser";
import { serializationError } from "../errors.ts";
import type { Member, Shape, Structure, TimestampFormat } from "../schema.ts";
import { formatTimestamp, parseTimestamp } from "../timestamps.ts";

const DEFAULT_FORMAT: TimestampFormat = "date-time";

/** `<name xmlns="…">content</name>` */
export const element = (name: string, content: string, namespace?: string): string => {
  const open = namespace ? `${name} xmlns="${namespace}"` : name;
  return content === "" ? `<${open}/>` : `<${open}>${content}</${name}>`;
};

/** Text safe between tags and in attributes. Control characters become references, as S3 sends them. */
export const escapeXml = (text: string): string =>
  text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must be escaped.
    /[<>&"\r\u0000-\u0008\u000b\u000c\u000e-\u001f\u0085\u2028\u2029]/g,
    (char) => ENTITIES[char] ?? `&#x${char.charCodeAt(0).toString(16).toUpperCase()};`,
  );

const ENTITIES: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
  "\n": "\n",
};

/** The members of a structure as XML elements, without the structure's own. */
export const membersToXml = (
  structure: Structure,
  value: unknown,
  keep: (member: Member) => boolean = () => true,
): string => {
  const source = value as Readonly<Record<string, unknown>>;
  let xml = "";
  for (const member of structure.members) {
    const field = source[member.name];
    if (field === undefined || field === null || member.traits.xmlAttribute || !keep(member)) continue;
    xml += memberToXml(member, field);
  }
  return xml;
};

const memberToXml = (member: Member, value: unknown): string => {
  const name = member.traits.xmlName ?? member.name;
  const { shape } = member;
  if (shape.kind === "list") return listToXml(member, name, shape.item, value as readonly unknown[]);
  if (shape.kind === "map") return mapToXml(member, name, shape.key, shape.value, value as Record<string, unknown>);
  if (shape.kind === "structure") return structureToXml(member, name, shape, value);
  return element(name, scalarToXml(shape, value), member.traits.xmlNamespace?.[1]);
};

const structureToXml = (member: Member, name: string, shape: Structure, value: unknown): string => {
  const content = membersToXml(shape, value);
  const attributes = shape.members
    .filter((each) => each.traits.xmlAttribute)
    .map((each) => attribute(each, value))
    .join("");
  const [prefix, uri] = member.traits.xmlNamespace ?? [];
  const namespace = uri ? ` xmlns${prefix && prefix !== uri ? `:${prefix}` : ""}="${uri}"` : "";
  return `<${name}${namespace}${attributes}>${content}</${name}>`;
};

const attribute = (member: Member, value: unknown): string => {
  const field = (value as Record<string, unknown>)[member.name];
  return field === undefined ? "" : ` ${member.traits.xmlName ?? member.name}="${escapeXml(String(field))}"`;
};

const listToXml = (member: Member, name: string, item: Member, values: readonly unknown[]): string => {
  if (member.traits.xmlFlattened) return values.map((value) => itemToXml(item, name, value)).join("");
  const itemName = item.traits.xmlName ?? "member";
  return element(name, values.map((value) => itemToXml(item, itemName, value)).join(""));
};

const itemToXml = (item: Member, name: string, value: unknown): string => {
  const { shape } = item;
  if (shape.kind === "structure") return structureToXml(item, name, shape, value);
  if (shape.kind === "list") return listToXml(item, name, shape.item, value as readonly unknown[]);
  if (shape.kind === "map") return mapToXml(item, name, shape.key, shape.value, value as Record<string, unknown>);
  return element(name, scalarToXml(shape, value));
};

const mapToXml = (
  member: Member,
  name: string,
  key: Member,
  value: Member,
  entries: Record<string, unknown>,
): string => {
  const rows = Object.entries(entries).map(
    ([entryKey, entryValue]) =>
      element(key.traits.xmlName ?? "key", escapeXml(entryKey)) +
      itemToXml(value, value.traits.xmlName ?? "value", entryValue),
  );
  if (member.traits.xmlFlattened) return rows.map((row) => element(name, row)).join("");
  return element(name, rows.map((row) => element("entry", row)).join(""));
};

const scalarToXml = (shape: Shape, value: unknown): string => {
  if (value instanceof Date) {
    return String(formatTimestamp(value, (shape.kind === "timestamp" && shape.format) || DEFAULT_FORMAT));
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return escapeXml(String(value));
};

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  trimValues: false,
  processEntities: true,
  htmlEntities: false,
  ignoreDeclaration: true,
});

/** The root element of an XML body as nested plain values; an empty body has none. Throws when it is not well-formed. */
export const parseXml = (body: Buffer): unknown => {
  const text = body.toString("utf8");
  if (text.trim() === "") return undefined;
  if (XMLValidator.validate(text) !== true) throw serializationError("The request body is not well-formed XML.");
  const roots = Object.entries(parser.parse(text)).filter(([name]) => name !== "#text");
  return roots[0]?.[1];
};

/** Parsed XML to the SDK's values. */
export const fromXml = (member: Pick<Member, "shape" | "traits">, value: unknown): unknown => {
  const { shape } = member;
  switch (shape.kind) {
    case "structure":
      return structureFromXml(shape, value);
    case "list":
      return itemsOf(member, value).map((item) => fromXml(shape.item, item));
    case "map":
      return Object.fromEntries(entriesOf(member, value).map((entry) => mapEntry(shape.key, shape.value, entry)));
    case "number":
      return numberFrom(textOf(value));
    case "boolean":
      return textOf(value).trim() === "true";
    case "timestamp":
      return parseTimestamp(textOf(value));
    case "blob":
      return Buffer.from(textOf(value), "base64");
    default:
      return textOf(value);
  }
};

const structureFromXml = (shape: Structure, value: unknown): unknown => {
  const source = objectOf(value);
  const result: Record<string, unknown> = {};
  for (const member of shape.members) {
    const name = member.traits.xmlName ?? member.name;
    const field = member.traits.xmlAttribute ? source[`@${name.replace(/^.*:/, "")}`] : source[name];
    if (field !== undefined) result[member.name] = fromXml(member, field);
  }
  return result;
};

const itemsOf = ({ shape, traits }: Pick<Member, "shape" | "traits">, value: unknown): readonly unknown[] => {
  if (shape.kind !== "list") return [];
  if (traits.xmlFlattened) return asArray(value);
  return asArray(objectOf(value)[shape.item.traits.xmlName ?? "member"]);
};

const entriesOf = ({ traits }: Pick<Member, "traits">, value: unknown): readonly unknown[] =>
  traits.xmlFlattened ? asArray(value) : asArray(objectOf(value)["entry"]);

const mapEntry = (key: Member, item: Member, entry: unknown): [string, unknown] => {
  const source = objectOf(entry);
  return [textOf(source[key.traits.xmlName ?? "key"]), fromXml(item, source[item.traits.xmlName ?? "value"])];
};

const numberFrom = (text: string): number => {
  const number = Number(text);
  if (text.trim() === "" || Number.isNaN(number)) throw serializationError(`${text} is not a number.`);
  return number;
};

const asArray = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

const textOf = (value: unknown): string => {
  if (typeof value === "string") return value;
  const text = objectOf(value)["#text"];
  return typeof text === "string" ? text : "";
};
