import { stringify } from "yaml";

// Loaded on first use: few ask for YAML.

/** An answer in YAML, as `--output yaml` prints it. */
export const yamlOf = (value: unknown): string => stringify(value);
