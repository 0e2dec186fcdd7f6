import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { parsed, scalars, statementList } from "./evaluation/document.ts";

const VARIABLE = /\$\{([^{}*?$,'][^{}',]*)(?:,\s*'[^']*'\s*)?\}/g;

/** The condition keys that policies ask for, in conditions or as variables, each once, as they are written. */
export const contextKeysOf = (texts: readonly string[]): readonly string[] => {
  const keys = new Map<string, string>();
  for (const text of texts) {
    for (const statement of statementList(parsed(text) ?? {}) ?? []) {
      for (const key of statementKeys(statement)) if (!keys.has(key.toLowerCase())) keys.set(key.toLowerCase(), key);
    }
  }
  return [...keys.values()];
};

const statementKeys = ({ Resource, NotResource, Condition }: JsonObject): readonly string[] => [
  ...variablesIn(Resource),
  ...variablesIn(NotResource),
  ...(isJsonObject(Condition) ? Object.values(Condition).flatMap(operatorKeys) : []),
];

const operatorKeys = (operands: JsonValue): readonly string[] =>
  isJsonObject(operands) ? Object.entries(operands).flatMap(([key, values]) => [key, ...variablesIn(values)]) : [];

const variablesIn = (value: JsonValue | undefined): readonly string[] =>
  scalars(value).flatMap((text) => [...text.matchAll(VARIABLE)].flatMap(([, key]) => key?.trim() ?? []));
