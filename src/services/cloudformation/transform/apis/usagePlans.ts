import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import { type Context, outputConditions, type SamResource } from "../context.ts";
import { InvalidResource, InvalidStructure } from "../errors.ts";
import { anyOf, ref } from "../intrinsics.ts";
import { shownNames } from "../values/text.ts";
import { Dict, isDict, sameValue, textOf, truthy, type Value } from "../values/value.ts";

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
  combinedAttributes(attributes: Dict, context: Context): Dict {
    this.deletionPolicy = stricter(this.deletionPolicy, attributes.get("DeletionPolicy"));
    this.updateReplacePolicy = stricter(this.updateReplacePolicy, attributes.get("UpdateReplacePolicy"));
    this.addCondition(textOf(attributes.get("Condition")), context);
    const combined = Dict.plain();
    if (truthy(this.deletionPolicy)) combined.put("DeletionPolicy", this.deletionPolicy);
    if (truthy(this.updateReplacePolicy)) combined.put("UpdateReplacePolicy", this.updateReplacePolicy);
    if (this.conditions.length > 0 && !this.unconditional) combined.put("Condition", SHARED_CONDITION);
    return combined;
  }

  private addCondition(condition: string | undefined, context: Context): void {
    if (this.unconditional) return;
    const given = context.output.get("Conditions");
    if (condition === undefined) {
      this.unconditional = true;
      if (isDict(given)) given.delete(SHARED_CONDITION);
    } else if (condition !== "" && !this.conditions.includes(condition)) {
      if (given === null) {
        throw new InvalidStructure("Can't have condition without having 'Conditions' section in the template");
      }
      this.conditions.push(condition);
      const shared = this.conditions.length > 1 ? anyOf(this.conditions) : condition;
      outputConditions(context).put(SHARED_CONDITION, shared);
    }
  }
}

/** Retain before Snapshot before Delete. */
const stricter = (known: Value, next: Value): Value => {
  if (!truthy(next)) return known;
  if (!truthy(known) || textOf(next) === "Retain") return next;
  return textOf(next) === "Snapshot" && textOf(known) === "Delete" ? next : known;
};

const PLAN_PROPERTIES = ["CreateUsagePlan", "Description", "Quota", "Tags", "Throttle", "UsagePlanName"];
const KINDS = ["SHARED", "PER_API", "NONE"];

/** The usage plan, API key and the tie between them that `Auth.UsagePlan` asks for. */
export const usagePlanResources = (
  resource: SamResource,
  auth: Dict,
  stage: CfnResource,
  context: Context,
): CfnResource[] => {
  const config = auth.get("UsagePlan");
  if (config === null) return [];
  const kind = checkedKind(resource.logicalId, config);
  if (kind === "NONE" || !isDict(config)) return [];
  const shared = context.sharedUsagePlan;
  const own = passedOnAttributes(resource.attributes);
  const attributes = (): Dict => (kind === "SHARED" ? shared.combinedAttributes(own, context) : own);
  const prefix = kind === "SHARED" ? "Serverless" : resource.logicalId;
  const apiStage = Dict.plain({ ApiId: ref(resource.logicalId), Stage: ref(stage.logicalId) });
  const stageKey = Dict.plain({ RestApiId: ref(resource.logicalId), StageName: ref(stage.logicalId) });
  const plan = new CfnResource("AWS::ApiGateway::UsagePlan", `${prefix}UsagePlan`, attributes());
  if (kind === "SHARED") {
    addOnce(shared.dependsOn, resource.logicalId);
    addOnce(shared.apiStages, apiStage);
    addOnce(shared.stageKeys, stageKey);
  }
  plan.dependsOn = kind === "SHARED" ? [...shared.dependsOn] : [resource.logicalId];
  plan.set("ApiStages", kind === "SHARED" ? [...shared.apiStages] : [apiStage]);
  for (const name of ["UsagePlanName", "Description", "Quota", "Tags", "Throttle"]) {
    if (truthy(config.get(name))) plan.set(name, config.get(name));
  }
  const key = new CfnResource("AWS::ApiGateway::ApiKey", `${prefix}ApiKey`, attributes(), {
    Enabled: true,
    StageKeys: kind === "SHARED" ? [...shared.stageKeys] : [stageKey],
  });
  key.dependsOn = [plan.logicalId];
  const tie = new CfnResource("AWS::ApiGateway::UsagePlanKey", `${prefix}UsagePlanKey`, attributes(), {
    KeyId: ref(key.logicalId),
    KeyType: "API_KEY",
    UsagePlanId: ref(plan.logicalId),
  });
  tie.dependsOn = [key.logicalId];
  return [plan, key, tie];
};

const addOnce = (list: Value[], value: Value): void => {
  if (!list.some((known) => sameValue(known, value))) list.push(value);
};

const checkedKind = (logicalId: string, config: Value): string => {
  if (!isDict(config)) throw new InvalidResource(logicalId, "'UsagePlan' must be a dictionary");
  if (!config.keys().every((key) => PLAN_PROPERTIES.includes(key))) {
    throw new InvalidResource(logicalId, "Invalid property for 'UsagePlan'");
  }
  const kind = config.get("CreateUsagePlan");
  if (kind === null) throw new InvalidResource(logicalId, "'CreateUsagePlan' is a required field for UsagePlan.");
  const name = textOf(kind) ?? "";
  if (KINDS.includes(name)) return name;
  throw new InvalidResource(logicalId, `'CreateUsagePlan' accepts one of ${shownNames(KINDS)}.`);
};
