import { evaluatedParts } from "./check.ts";
import { TemplateError } from "./errors.ts";
import type { ResourceDefinition, Template } from "./model.ts";
import { referencesIn } from "./references.ts";

/** For each resource that is to exist, the resources that must exist before it. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/** The resources of a template whose condition is true, or that have none. */
export const activeResources = (
  template: Pick<Template, "resources">,
  conditions: ReadonlyMap<string, boolean>,
): ReadonlyMap<string, ResourceDefinition> =>
  new Map(
    [...template.resources].filter(
      ([, { condition }]) => condition === undefined || conditions.get(condition) === true,
    ),
  );

/**
 * The dependency graph: DependsOn, and every reference in the branches that conditions take.
 *
 * Refuses a circle, and a reference to a resource whose condition is false; a DependsOn on such a one means nothing.
 */
export const dependencies = (
  template: Pick<Template, "resources" | "parameters">,
  conditions: ReadonlyMap<string, boolean>,
): Dependencies => {
  const active = activeResources(template, conditions);
  const graph = new Map<string, ReadonlySet<string>>();
  for (const [logicalId, resource] of active) {
    const before = new Set(resource.dependsOn.filter((name) => active.has(name)));
    for (const [part, value] of evaluatedParts(resource)) {
      for (const { target, path } of referencesIn(value, ["Resources", logicalId, part], (name) =>
        conditions.get(name),
      )) {
        if (active.has(target)) before.add(target);
        else if (template.resources.has(target) && part !== "Metadata") {
          throw new TemplateError(
            `Template format error: Unresolved resource dependencies [${target}] in the Resources block of the template`,
            path,
          );
        }
      }
    }
    graph.set(logicalId, before);
  }
  refuseCircles(graph);
  return graph;
};

/** The graph turned around: for each resource, those that wait for it. */
export const dependents = (graph: Dependencies): Dependencies => {
  const turned = new Map<string, Set<string>>([...graph.keys()].map((name) => [name, new Set()]));
  for (const [name, before] of graph) for (const other of before) turned.get(other)?.add(name);
  return turned;
};

const refuseCircles = (graph: Dependencies): void => {
  const waiting = new Map([...graph].map(([name, before]) => [name, before.size]));
  const turned = dependents(graph);
  const ready = [...waiting].filter(([, count]) => count === 0).map(([name]) => name);
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    waiting.delete(name);
    for (const other of turned.get(name) ?? []) {
      const left = (waiting.get(other) ?? 0) - 1;
      waiting.set(other, left);
      if (left === 0) ready.push(other);
    }
  }
  const stuck = [...waiting.keys()];
  if (stuck.length > 0) {
    throw new TemplateError(`Circular dependency between resources: [${stuck.join(", ")}]`, [
      "Resources",
      stuck[0] ?? "",
    ]);
  }
};
