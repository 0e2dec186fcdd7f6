import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { CompiledStack } from "../definition/compile.ts";
import { type PropertyChange, sameJson } from "../schema/diff.ts";
import { isUnknown } from "../template/intrinsics/intrinsic.ts";
import { type Reference, referencesIn } from "../template/references.ts";
import type { ChangeDetail } from "./model.ts";

/** A difference with each of its causes: what the template says now, a parameter's new value, another resource's change. */
export const detailsOf = (
  change: PropertyChange,
  logicalId: string,
  before: CompiledStack | undefined,
  after: CompiledStack,
  tagsProperty: string | undefined,
): readonly ChangeDetail[] => {
  const written = after.resources.get(logicalId)?.properties[change.name];
  const wasWritten = before?.resources.get(logicalId)?.properties[change.name];
  const evaluation = isUnknown(change.after ?? null) ? "Dynamic" : "Static";
  const attribute = change.name === tagsProperty ? "Tags" : "Properties";
  const causes = causesOf(written, wasWritten, before, after, change);
  return causes.map((cause) => ({ change, attribute, evaluation, ...cause }));
};

type Cause = Pick<ChangeDetail, "source" | "causingEntity">;

const causesOf = (
  written: JsonValue | undefined,
  wasWritten: JsonValue | undefined,
  before: CompiledStack | undefined,
  after: CompiledStack,
  change: PropertyChange,
): readonly Cause[] => {
  const causes: Cause[] = [];
  const here = partAt(written, change);
  if (!sameJson(here, partAt(wasWritten, change)))
    causes.push({ source: "DirectModification", causingEntity: undefined });
  for (const reference of here === undefined ? [] : referencesIn(here, [])) {
    const cause = causeOf(reference, before, after, change);
    if (cause !== undefined && !causes.some((known) => sameCause(known, cause))) causes.push(cause);
  }
  return causes.length > 0 ? causes : [{ source: "Automatic", causingEntity: undefined }];
};

const causeOf = (
  { by, target, attribute }: Reference,
  before: CompiledStack | undefined,
  after: CompiledStack,
  change: PropertyChange,
): Cause | undefined => {
  if (after.template.parameters.has(target)) {
    const isSame = sameJson(before?.parameters.get(target), after.parameters.get(target));
    return isSame ? undefined : { source: "ParameterReference", causingEntity: target };
  }
  if (!after.resources.has(target) || !isUnknown(change.after ?? null)) return undefined;
  return by === "Fn::GetAtt" || attribute !== undefined
    ? { source: "ResourceAttribute", causingEntity: `${target}.${attribute ?? ""}` }
    : { source: "ResourceReference", causingEntity: target };
};

const sameCause = (left: Cause, right: Cause): boolean =>
  left.source === right.source && left.causingEntity === right.causingEntity;

/** The part of a property's template text that a change lies in, as deep as plain objects and lists lead. */
const partAt = (written: JsonValue | undefined, { path }: PropertyChange): JsonValue | undefined => {
  const steps = path
    .split("/")
    .slice(3)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  let part = written;
  for (const step of steps) {
    const next: JsonValue | undefined = isJsonObject(part)
      ? part[step]
      : Array.isArray(part)
        ? part[Number(step)]
        : undefined;
    if (next === undefined) return part;
    part = next;
  }
  return part;
};
