import { InvalidStructure } from "../errors.ts";
import { anyOf } from "../intrinsics.ts";
import { Dict, isDict, textOf, truthy, type Value } from "../values/value.ts";

const SHARED_CONDITION = "SharedUsagePlanCondition";

/** The one usage plan that all APIs with `CreateUsagePlan: SHARED` use. */
export class SharedUsagePlan {
  readonly dependsOn: Value[] = [];
  readonly apiStages: Value[] = [];
  readonly stageKeys: Value[] = [];
  private readonly conditions: string[] = [];
  private unconditional = false;
  private deletionPolicy: Value = null;
  private updateReplacePolicy: Value = null;

  /** Attributes that suit all APIs seen so far: the strictest retention, and a condition only if all have one. */
  combinedAttributes(attributes: Dict, template: Dict): Dict {
    this.deletionPolicy = stricter(this.deletionPolicy, attributes.get("DeletionPolicy"));
    this.updateReplacePolicy = stricter(this.updateReplacePolicy, attributes.get("UpdateReplacePolicy"));
    this.addCondition(textOf(attributes.get("Condition")), template);
    const combined = Dict.plain();
    if (truthy(this.deletionPolicy)) combined.put("DeletionPolicy", this.deletionPolicy);
    if (truthy(this.updateReplacePolicy)) combined.put("UpdateReplacePolicy", this.updateReplacePolicy);
    if (this.conditions.length > 0 && !this.unconditional) combined.put("Condition", SHARED_CONDITION);
    return combined;
  }

  private addCondition(condition: string | undefined, template: Dict): void {
    if (this.unconditional) return;
    const given = template.get("Conditions");
    if (condition === undefined) {
      this.unconditional = true;
      if (isDict(given)) given.delete(SHARED_CONDITION);
    } else if (condition !== "" && !this.conditions.includes(condition)) {
      if (!isDict(given)) {
        throw new InvalidStructure("Can't have condition without having 'Conditions' section in the template");
      }
      this.conditions.push(condition);
      const shared = this.conditions.length > 1 ? anyOf(this.conditions) : condition;
      given.put(SHARED_CONDITION, shared);
    }
  }
}

/** Retain before Snapshot before Delete. */
const stricter = (known: Value, next: Value): Value => {
  if (!truthy(next)) return known;
  if (!truthy(known) || textOf(next) === "Retain") return next;
  return textOf(next) === "Snapshot" && textOf(known) === "Delete" ? next : known;
};
