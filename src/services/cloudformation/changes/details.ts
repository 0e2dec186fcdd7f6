import type { JsonValue } from "../../../kernel/json.ts";
import type { CompiledStack } from "../definition/compile.ts";
import { namesProperty } from "../schema/attributes.ts";
import { type PropertyChange, sameJson } from "../schema/diff.ts";
import { type Reference, referencesIn } from "../template/references.ts";
import type { ChangeDetail } from "./model.ts";
import { partAt } from "./parts.ts";

/** What becomes of a resource: whether its name, and what it tells of itself, will be others. */
export type Fate = "kept" | "updated" | "uncertain" | "new";

/** What a change is held against. */
export interface Sides {
  readonly before: CompiledStack | undefined;
  readonly after: CompiledStack;
  readonly fateOf: (logicalId: string) => Fate;
  /** Whether a resource only may have changed. */
  readonly isSuspect: (logicalId: string) => boolean;
}

type Cause = Pick<ChangeDetail, "source" | "causingEntity" | "evaluation" | "isOfValues">;

/**
 * A difference with each of its causes: what the template says now, a parameter's new value, another resource's change.
 *
 * AWS: beside what it refers to, a difference is also a dynamic modification of the property itself; one that only
 * follows another resource, for those alone who ask for values.
 */
export const detailsOf = (change: PropertyChange, logicalId: string, sides: Sides): readonly ChangeDetail[] => {
  const written = partAt(sides.after.resources.get(logicalId)?.properties[change.name], change);
  const wasWritten = partAt(sides.before?.resources.get(logicalId)?.properties[change.name], change);
  const causes = causesOf(written, wasWritten, sides);
  const attribute = causes.length === 0 && isOfStackTags(change, logicalId, sides) ? "Tags" : "Properties";
  return (causes.length === 0 ? [DIRECT] : causes).map((cause) => ({ change, attribute, ...cause }));
};

const DIRECT: Cause = { source: "DirectModification", causingEntity: undefined, evaluation: "Static" };
const FOLLOWING: Cause = { ...DIRECT, evaluation: "Dynamic" };

/** Why a part of a template comes out otherwise; empty when it is the same text about the same things. */
export const causesOf = (
  written: JsonValue | undefined,
  wasWritten: JsonValue | undefined,
  sides: Sides,
): readonly Cause[] => {
  const referred = referredCauses(written, sides);
  const isWritten = !sameJson(written, wasWritten);
  if (referred.length === 0) return isWritten ? [DIRECT] : [];
  if (isWritten || referred.some(({ source }) => source === "ParameterReference")) return [...referred, FOLLOWING];
  const isNew = referred.some(({ evaluation }) => evaluation === "Static");
  return isNew ? [...referred, { ...FOLLOWING, isOfValues: true }] : referred;
};

const isOfStackTags = ({ name }: PropertyChange, logicalId: string, { after }: Sides): boolean =>
  after.schemas.get(after.resources.get(logicalId)?.type ?? "")?.tagsProperty === name;

const referredCauses = (written: JsonValue | undefined, sides: Sides): readonly Cause[] => {
  const causes: Cause[] = [];
  for (const reference of written === undefined ? [] : referencesIn(written, [])) {
    const cause = causeOf(reference, sides);
    if (cause !== undefined && !causes.some((known) => sameCause(known, cause))) causes.push(cause);
  }
  return causes;
};

const causeOf = ({ by, target, attribute }: Reference, { before, after, fateOf }: Sides): Cause | undefined => {
  if (after.template.parameters.has(target)) {
    const isSame = before?.given.get(target) === after.given.get(target);
    return isSame ? undefined : { source: "ParameterReference", causingEntity: target, evaluation: "Static" };
  }
  const fate = after.resources.has(target) ? fateOf(target) : "kept";
  if (fate === "kept") return undefined;
  const evaluation = fate === "new" ? "Static" : "Dynamic";
  if (by !== "Fn::GetAtt" && attribute === undefined) {
    // A resource that is changed in place keeps its name.
    return fate === "updated" ? undefined : { source: "ResourceReference", causingEntity: target, evaluation };
  }
  if (fate === "updated" && asksForProperty(after, target, attribute)) return undefined;
  return { source: "ResourceAttribute", causingEntity: `${target}.${attribute ?? ""}`, evaluation };
};

/** AWS: what another resource was given does not count as an attribute that its update may change. */
export const asksForProperty = (
  { resources, schemas }: CompiledStack,
  target: string,
  attribute: string | undefined,
): boolean => {
  const schema = schemas.get(resources.get(target)?.type ?? "");
  return schema !== undefined && attribute !== undefined && namesProperty(schema, attribute);
};

const sameCause = (left: Cause, right: Cause): boolean =>
  left.source === right.source && left.causingEntity === right.causingEntity;
