import type { JsonValue } from "../../../kernel/json.ts";
import { functionError } from "./errors.ts";
import type { Scope } from "./intrinsics/intrinsic.ts";
import { truth } from "./intrinsics/logic.ts";
import type { Template } from "./model.ts";
import { type Ground, noResources, resolver } from "./resolve.ts";

/** Every condition's outcome, given the values of parameters. Throws `TemplateError`. */
export const evaluateConditions = (
  template: Pick<Template, "conditions" | "mappings">,
  around: Pick<Ground, "parameters" | "availabilityZones">,
): ReadonlyMap<string, boolean> => {
  const outcomes = new Map<string, boolean>();
  const busy: string[] = [];
  const outcome = (name: string): boolean | undefined => {
    const known = outcomes.get(name);
    const definition = template.conditions.get(name);
    if (known !== undefined || definition === undefined) return known;
    if (busy.includes(name)) {
      throw functionError(`Found circular condition dependency between ${[...busy, name].join(" and ")}`);
    }
    busy.push(name);
    const result = truth(definition, scope);
    busy.pop();
    outcomes.set(name, result);
    return result;
  };
  const scope = conditionScope(template, around, outcome);
  for (const name of template.conditions.keys()) outcome(name);
  return outcomes;
};

/** A scope in which there are no resources and no imports: that of Conditions and Rules. */
export const conditionScope = (
  template: Pick<Template, "mappings">,
  around: Pick<Ground, "parameters" | "availabilityZones">,
  condition: (name: string) => boolean | undefined,
): Scope => {
  const ground: Ground = {
    parameters: around.parameters,
    mappings: template.mappings,
    availabilityZones: around.availabilityZones,
    condition,
    resources: noResources,
    exported: () => {
      throw functionError("Cannot use Fn::ImportValue in Conditions.");
    },
  };
  const evaluator = resolver(ground);
  return { ...ground, resolve: (node: JsonValue) => evaluator.value(node) ?? "" };
};
