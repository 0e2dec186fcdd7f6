import type { PropertyChange } from "../schema/diff.ts";
import type { ResourceDefinition } from "../template/model.ts";
import { referencesIn } from "../template/references.ts";
import { asksForProperty, type Sides } from "./details.ts";
import type { ChangeDetail } from "./model.ts";

/**
 * Properties that ask an updated resource for what it was given. AWS: a look at the values shows whether they differ;
 * without it, they count as possibly changed.
 */
export const suspectedDetails = (
  { type, properties }: ResourceDefinition,
  changedNames: ReadonlySet<string>,
  sides: Sides,
): readonly ChangeDetail[] =>
  Object.entries(properties).flatMap(([name, written]) => {
    if (changedNames.has(name)) return [];
    const asked = referencesIn(written, []).filter(
      ({ by, target, attribute }) =>
        (by === "Fn::GetAtt" || attribute !== undefined) &&
        (sides.isSuspect(target) ||
          (sides.fateOf(target) === "updated" && asksForProperty(sides.after, target, attribute))),
    );
    const entities = new Set(asked.map(({ target, attribute }) => `${target}.${attribute ?? ""}`));
    const change: PropertyChange = {
      path: `/Properties/${name}`,
      name,
      requiresRecreation: sides.after.schemas.get(type)?.properties.get(name)?.replaces ?? "Never",
      changeType: "Modify",
      before: undefined,
      after: undefined,
    };
    return [...entities].map(
      (causingEntity): ChangeDetail => ({
        ...{ change, attribute: "Properties", evaluation: "Dynamic", source: "ResourceAttribute", causingEntity },
        isSuspected: true,
      }),
    );
  });
