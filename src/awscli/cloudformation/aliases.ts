import { type Document, isMap, isScalar, isSeq, visit, type YAMLMap } from "yaml";
import { CliError } from "../io.ts";

/** Writes out what aliases and merge keys stand for, as the AWS CLI does, so that each resource can be changed by itself. */
export const expandAliases = (document: Document): void => {
  let aliases = 0;
  visit(document, {
    Alias: (_key, alias, path) => {
      const meant = alias.resolve(document);
      if (!meant || path.some((node) => node === meant))
        throw new CliError(`\nThe alias ${alias.source} of the template names nothing, or itself.`);
      aliases++;
      const copy: unknown = meant.clone();
      return isMap(copy) || isSeq(copy) || isScalar(copy) ? copy : undefined;
    },
  });
  if (aliases === 0) return;
  visit(document, {
    Node: (_key, node) => {
      if (isMap(node)) merge(node);
      if ("anchor" in node) delete node.anchor;
    },
  });
};

/** What the map says itself wins over what it merges. */
const merge = (map: YAMLMap): void => {
  const at = map.items.findIndex(({ key }) => isScalar(key) && key.value === "<<");
  const merged = map.items[at]?.value;
  if (!isMap(merged)) return;
  map.items.splice(at, 1);
  for (const pair of merged.items) if (!map.has(pair.key)) map.items.push(pair);
};
