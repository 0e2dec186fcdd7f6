import { referencesIn } from "../../../engines/pipeline/variables.ts";
import { invalidAction } from "../errors.ts";
import type { Declaration } from "../records.ts";

/** Throws when an action takes what no action before it gives: an artifact, or a variable. */
export const checkArtifacts = ({ stages, variables = [] }: Declaration): void => {
  const made = new Set<string>();
  const namespaces = new Set(["codepipeline"]);
  if (variables.length > 0) namespaces.add("variables");
  for (const { actions } of stages) {
    const orders = [...new Set(actions.map(({ runOrder = 1 }) => runOrder))].sort((a, b) => a - b);
    for (const order of orders) {
      const beside = actions.filter(({ runOrder = 1 }) => runOrder === order);
      for (const action of beside) checkInputs(action, made, namespaces);
      for (const { outputArtifacts = [], namespace } of beside) {
        for (const { name } of outputArtifacts) declare(made, name, outputTwice);
        if (namespace !== undefined) declare(namespaces, namespace, namespaceTwice);
      }
    }
  }
};

type Action = Declaration["stages"][number]["actions"][number];

const checkInputs = (
  { name, inputArtifacts = [], configuration = {} }: Action,
  made: ReadonlySet<string>,
  namespaces: ReadonlySet<string>,
): void => {
  for (const artifact of inputArtifacts) {
    if (!made.has(artifact.name))
      throw invalidAction(
        `Input Artifact Bundle ${artifact.name} in action ${name} is not declared as Output Artifact Bundle in any of the preceding actions`,
      );
  }
  for (const reference of Object.values(configuration).flatMap(referencesIn)) {
    const [namespace = ""] = reference.split(".");
    if (!namespaces.has(namespace))
      throw invalidAction(
        `Action ${name} refers to the variable #{${reference}}, and no action before it has the namespace ${namespace}`,
      );
  }
};

const declare = (names: Set<string>, name: string, refuse: (name: string) => Error): void => {
  if (names.has(name)) throw refuse(name);
  names.add(name);
};

const outputTwice = (name: string) =>
  invalidAction(
    `Output Artifact Bundle name must be unique within the pipeline. ${name} has been used more than once.`,
  );

const namespaceTwice = (name: string) =>
  invalidAction(`Namespace must be unique within the pipeline. ${name} has been used more than once.`);
