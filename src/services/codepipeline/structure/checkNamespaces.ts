import { invalidAction } from "../errors.ts";
import type { Declaration } from "../records.ts";

/** What AWS keeps for a pipeline's own variables. */
const RESERVED: ReadonlySet<string> = new Set(["codepipeline", "variables"]);

/** Throws when an action would give its variables a namespace that another action, an artifact or CodePipeline has. */
export const checkNamespaces = (stages: Declaration["stages"]): void => {
  const actions = stages.flatMap((stage) => stage.actions);
  const artifacts = new Set(actions.flatMap(({ outputArtifacts = [] }) => outputArtifacts.map(({ name }) => name)));
  const seen = new Set<string>();
  for (const stage of stages) {
    for (const { name, namespace } of stage.actions) {
      if (namespace === undefined) continue;
      if (seen.has(namespace))
        throw invalidAction(
          `Namespaces must be unique across the pipeline definition. The following occur more than once in the pipeline. StageName=[${stage.name}], ActionName=[${name}], Namespace=[${namespace}]`,
        );
      if (RESERVED.has(namespace))
        throw invalidAction(
          `Namespace ${namespace} of the action ${name} is reserved and cannot be assigned to an action`,
        );
      if (artifacts.has(namespace))
        throw invalidAction(`Namespace ${namespace} of the action ${name} conflicts with the artifact of that name`);
      seen.add(namespace);
    }
  }
};
