import { referencesIn } from "../../../engines/pipeline/variables.ts";
import { invalidAction } from "../errors.ts";
import type { Declaration } from "../records.ts";
import { checkNamespaces } from "./checkNamespaces.ts";

/** Throws when an action takes what no action before it gives: an artifact, or a variable. */
export const checkArtifacts = ({ stages, variables = [] }: Declaration): void => {
  const made = new Set<string>();
  const namespaces = new Set(["codepipeline"]);
  checkNamespaces(stages);
  if (variables.length > 0) namespaces.add("variables");
  for (const { name: stage, actions } of stages) {
    const orders = [...new Set(actions.map(({ runOrder = 1 }) => runOrder))].sort((a, b) => a - b);
    for (const order of orders) {
      const beside = actions.filter(({ runOrder = 1 }) => runOrder === order);
      for (const action of beside) checkInputs(stage, action, made, namespaces);
      for (const { outputArtifacts = [], namespace } of beside) {
        for (const { name } of outputArtifacts) {
          if (made.has(name)) throw outputTwice(name);
          made.add(name);
        }
        if (namespace !== undefined) namespaces.add(namespace);
      }
    }
  }
};

type Action = Declaration["stages"][number]["actions"][number];

const checkInputs = (
  stage: string,
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
  for (const [key, text] of Object.entries(configuration)) {
    for (const reference of referencesIn(text)) {
      const [namespace = ""] = reference.split(".");
      if (!namespaces.has(namespace))
        throw invalidAction(
          `Valid format for a pipeline execution variable reference is a namespace and a key separated by a period (.). The following pipeline execution variables are referencing a namespace that does not exist. StageName=[${stage}], ActionName=[${name}], ActionConfigurationKey=[${key}], VariableReferenceText=[${reference}]`,
        );
    }
  }
};

const outputTwice = (name: string) =>
  invalidAction(
    `Output Artifact Bundle name must be unique within the pipeline. ${name} has been used more than once.`,
  );
