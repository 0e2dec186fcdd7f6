import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import type { Context, SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { ref } from "../intrinsics.ts";
import { shownNames } from "../values/text.ts";
import { Dict, isDict, sameValue, textOf, truthy, type Value } from "../values/value.ts";

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
  const attributes = (): Dict => (kind === "SHARED" ? shared.combinedAttributes(own, context.output) : own);
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
