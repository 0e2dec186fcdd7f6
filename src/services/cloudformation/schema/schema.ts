/** A resource type as the CloudFormation registry publishes it. */
export interface ResourceSchema {
  readonly type: string;
  readonly properties: ReadonlyMap<string, PropertySchema>;
  /** Names `Fn::GetAtt` takes; dotted ones reach into an attribute. */
  readonly attributes: ReadonlySet<string>;
  readonly definitions: (name: string) => ReadonlyMap<string, PropertySchema>;
  /** The properties or attributes that make what `Ref` gives. */
  readonly primaryIdentifier: readonly string[];
  /** The property that holds the resource's tags. */
  readonly tagsProperty: string | undefined;
  /** True when properties beyond those listed are welcome. */
  readonly isOpen: boolean;
}

/** One property of a resource type, or of an object within it. */
export interface PropertySchema {
  readonly name: string;
  readonly isRequired: boolean;
  /** Whether a change to the property makes a new resource. */
  readonly replaces: "Always" | "Conditionally" | "Never";
  readonly type: PropertyType;
}

/** What a property's value must be. */
export type PropertyType =
  | { readonly kind: "string" | "integer" | "number" | "boolean" | "json" }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "object"; readonly definition: string }
  | { readonly kind: "list" | "map"; readonly element: PropertyType }
  | { readonly kind: "union"; readonly types: readonly PropertyType[] };

/**
 * One type's line in a generated table.
 *
 * A property is written as flags and a type: `!` required, `^` replaces, `?` may replace; then `string`, `integer`,
 * `number`, `boolean`, `json`, `=A|B` (one of), `#Name` (an object of that definition), `[]` or `{}` before the type of
 * a list's or map's elements, and ` or ` between alternatives.
 */
export interface TableEntry {
  readonly properties: Members;
  readonly attributes: Members;
  readonly definitions: Readonly<Record<string, Members>>;
  readonly id: readonly string[];
  readonly tags?: string;
}

type Members = Readonly<Record<string, string>>;

/** Reads one type's line. */
export const readSchema = (type: string, entry: TableEntry): ResourceSchema => {
  const read = new Map<string, ReadonlyMap<string, PropertySchema>>();
  return {
    type,
    properties: readMembers(entry.properties),
    attributes: new Set(Object.keys(entry.attributes)),
    definitions: (name) => {
      const known = read.get(name);
      if (known !== undefined) return known;
      const members = readMembers(name === "Tag" ? (entry.definitions[name] ?? TAG) : (entry.definitions[name] ?? {}));
      read.set(name, members);
      return members;
    },
    primaryIdentifier: entry.id,
    tagsProperty: entry.tags,
    isOpen: false,
  };
};

const TAG: Members = { Key: "!string", Value: "!string" };

const readMembers = (members: Members): ReadonlyMap<string, PropertySchema> =>
  new Map(Object.entries(members).map(([name, line]) => [name, readProperty(name, line)]));

const readProperty = (name: string, line: string): PropertySchema => {
  const type = line.replace(/^[!^?]*/, "");
  const flags = line.slice(0, line.length - type.length);
  return {
    name,
    isRequired: flags.includes("!"),
    replaces: flags.includes("^") ? "Always" : flags.includes("?") ? "Conditionally" : "Never",
    type: readType(type),
  };
};

const readType = (text: string): PropertyType => {
  if (text.startsWith("=")) return { kind: "enum", values: text.slice(1).split("|") };
  if (text.startsWith("[]")) return { kind: "list", element: readType(text.slice(2)) };
  if (text.startsWith("{}")) return { kind: "map", element: readType(text.slice(2)) };
  if (text.startsWith("(")) return readType(text.slice(1, -1));
  if (text.includes(" or ")) return { kind: "union", types: text.split(" or ").map(readType) };
  if (text.startsWith("#")) return { kind: "object", definition: text.slice(1) };
  switch (text) {
    case "string":
    case "integer":
    case "number":
    case "boolean":
      return { kind: text };
    default:
      return { kind: "json" };
  }
};
