import { parse } from "yaml";

// Loaded on first use: nothing else of state machines reads YAML.

/** A definition that is written in YAML, in JSON. */
export const jsonOf = (text: string): string => JSON.stringify(parse(text));
