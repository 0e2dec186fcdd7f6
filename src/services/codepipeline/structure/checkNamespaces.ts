import { invalidAction } from "../errors.ts";
import type { Declaration } from "../records.ts";

/** Throws what AWS says when two actions would give their variables the same namespace. */
export const checkNamespaces = (stages: Declaration["stages"]): void => {
  const seen = new Set<string>();
  for (const stage of stages) {
    for (const { name, namespace } of stage.actions) {
      if (namespace === undefined) continue;
      if (seen.has(namespace))
        throw invalidAction(
          `Namespaces must be unique across the pipeline definition. The following occur more than once in the pipeline. StageName=[${stage.name}], ActionName=[${name}], Namespace=[${namespace}]`,
        );
      seen.add(namespace);
    }
  }
};
