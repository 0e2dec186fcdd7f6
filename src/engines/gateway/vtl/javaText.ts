/** Lists that a template has made: those of JSON documents are shown otherwise. */
const made = new WeakSet<object>();

/** A list as templates make them. */
export const javaList = <T>(items: T[]): T[] => {
  made.add(items);
  return items;
};

/** As Java prints a value. AWS: maps as Java's, and the lists of a document as JSON. */
export const javaText = (value: unknown): string => {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return made.has(value) ? `[${value.map(javaText).join(", ")}]` : JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  const entries = Object.entries(value).map(([name, item]) => `${name}=${item === null ? "null" : javaText(item)}`);
  return `{${entries.join(", ")}}`;
};

/** AWS: nothing is an empty text, numbers are equal by their value, and all else by what is shown of it. */
export const isEqual = (one: unknown, other: unknown): boolean =>
  typeof one === "number" && typeof other === "number" ? one === other : javaText(one) === javaText(other);
