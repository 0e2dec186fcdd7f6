/** An option's value: words of the command line, or what a configuration file holds. */
export type Value = boolean | string | readonly unknown[] | object | number;

/** What was given for a command's options. */
export interface Given {
  /** Whether a flag is on; `otherwise` when it is given nowhere. */
  on(key: string, otherwise?: boolean): boolean;
  has(key: string): boolean;
  text(key: string): string | undefined;
  /** Every word; a text of a configuration file is divided at its spaces. */
  words(key: string): readonly string[];
  /** As it was given. */
  value(key: string): Value | undefined;
}

export const givenOf = (values: ReadonlyMap<string, Value>): Given => ({
  has: (key) => values.has(key),
  value: (key) => values.get(key),
  on: (key, otherwise = false) => {
    const value = values.get(key);
    if (value === undefined) return otherwise;
    // AWS: a configuration file may hold a flag as a text.
    return typeof value === "string" ? TRUE.test(value) : value !== false;
  },
  text: (key) => {
    const value = values.get(key);
    return value === undefined || value === "" ? undefined : String(value);
  },
  words: (key) => {
    const value = values.get(key);
    const all = Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)];
    return all.flatMap((text) => text.split(/\s+/)).filter((word) => word !== "");
  },
});

const TRUE = /^(1|true|t|yes|y|on)$/i;
