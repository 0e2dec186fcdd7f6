import { managedPolicyArn } from "../arns.ts";
import { CfnResource } from "../cfnResource.ts";
import { InvalidResource } from "../errors.ts";
import { combinedConditions, getAtt, ref } from "../intrinsics.ts";
import { assumedBy } from "../policies/documents.ts";
import { tagList } from "../tags.ts";
import { Dict, isDict, literal, sameValue, textOf, truthy, type Value } from "../values/value.ts";
import { alarmConfiguration, deploymentConfigName } from "./configuration.ts";

const APPLICATION = "ServerlessDeploymentApplication";
const SERVICE_ROLE = "CodeDeployServiceRole";
const CONDITION = "ServerlessCodeDeployCondition";

interface Preference {
  readonly enabled: boolean;
  readonly type: Value;
  readonly beforeTraffic: Value;
  readonly afterTraffic: Value;
  readonly alarms: Value;
  readonly role: Value;
  readonly triggers: Value;
  readonly condition: string | undefined;
  readonly tags: Value;
}

/** The gradual deployments of a template's functions and the CodeDeploy resources that carry them out. */
export class DeploymentPreferences {
  private readonly preferences = new Map<string, Preference>();

  add(logicalId: string, preference: Dict, condition: Value, tags: Value): void {
    this.preferences.set(logicalId, readPreference(logicalId, preference, condition, tags));
  }

  isEnabled(logicalId: string): boolean {
    return this.preferences.get(logicalId)?.enabled ?? false;
  }

  /** The alias's update policy: who shifts the traffic and which functions check before and after. */
  updatePolicy(logicalId: string): Dict {
    const preference = this.preferences.get(logicalId);
    const update = Dict.plain({
      ApplicationName: ref(APPLICATION),
      DeploymentGroupName: ref(groupId(logicalId)),
    });
    const hooks = {
      BeforeAllowTrafficHook: preference?.beforeTraffic,
      AfterAllowTrafficHook: preference?.afterTraffic,
    };
    for (const [name, hook] of Object.entries(hooks)) {
      if (hook !== undefined && hook !== null && !sameValue(hook, ref(null))) update.put(name, hook);
    }
    return Dict.plain({ CodeDeployLambdaAliasUpdate: update });
  }

  /** Writes application, service role and deployment groups into the template; answers what is wrong with them. */
  writeInto(template: Dict, resources: Dict, partition: string): InvalidResource[] {
    const enabled = [...this.preferences].filter(([, preference]) => preference.enabled);
    if (enabled.length === 0) return [];
    const needed = this.neededCondition();
    write(resources, this.application(needed));
    if (needed === CONDITION) {
      const definitions = combinedConditions(this.conditions(), CONDITION);
      const conditions = template.get("Conditions");
      if (definitions && isDict(conditions)) conditions.update(definitions);
    }
    if (!enabled.every(([, preference]) => truthy(preference.role))) {
      write(resources, this.serviceRole(partition, needed));
    }
    const problems: InvalidResource[] = [];
    for (const [logicalId, preference] of enabled) {
      try {
        write(resources, deploymentGroup(logicalId, preference));
      } catch (error) {
        if (!(error instanceof InvalidResource)) throw error;
        problems.push(error);
      }
    }
    return problems;
  }

  private application(condition: string | undefined): CfnResource {
    const application = new CfnResource("AWS::CodeDeploy::Application", APPLICATION, undefined, {
      ComputePlatform: "Lambda",
      Tags: this.mergedTags(),
    });
    if (condition !== undefined) application.attributes.set("Condition", condition);
    return application;
  }

  private serviceRole(partition: string, condition: string | undefined): CfnResource {
    const limited = partition === "aws-iso" || partition === "aws-iso-b";
    const policy = `service-role/AWSCodeDeployRoleForLambda${limited ? "Limited" : ""}`;
    const role = new CfnResource("AWS::IAM::Role", SERVICE_ROLE, undefined, {
      AssumeRolePolicyDocument: assumedBy("codedeploy.amazonaws.com"),
      ManagedPolicyArns: [managedPolicyArn(partition, policy)],
      Tags: this.mergedTags(),
    });
    if (condition !== undefined) role.attributes.set("Condition", condition);
    return role;
  }

  /** The condition under which any deployment happens, if all of them are conditional. */
  private neededCondition(): string | undefined {
    const unconditional = [...this.preferences.values()].some(({ condition, enabled }) => enabled && !condition);
    if (unconditional) return undefined;
    const conditions = this.conditions();
    return conditions.length > 1 ? CONDITION : conditions[0];
  }

  private conditions(): string[] {
    const conditions = [...this.preferences.values()].map(({ condition }) => condition);
    return [...new Set(conditions.filter((condition) => condition !== undefined))];
  }

  private mergedTags(): Value {
    const merged = Dict.plain();
    for (const { tags } of this.preferences.values()) if (isDict(tags)) merged.update(tags);
    return merged.size > 0 ? tagList(merged) : null;
  }
}

const write = (resources: Dict, resource: CfnResource): void =>
  resources.set(resource.logicalId, resource.toTemplate());

const groupId = (logicalId: string): string => `${logicalId}DeploymentGroup`;

const DISABLED: Preference = {
  enabled: false,
  type: null,
  beforeTraffic: null,
  afterTraffic: null,
  alarms: null,
  role: null,
  triggers: null,
  condition: undefined,
  tags: null,
};

const readPreference = (logicalId: string, source: Dict, condition: Value, tags: Value): Preference => {
  const enabled = source.has("Enabled") ? source.get("Enabled") : true;
  if (!truthy(enabled) || ["false", "False"].includes(textOf(enabled) ?? "")) return DISABLED;
  if (!source.has("Type")) {
    throw new InvalidResource(logicalId, "'DeploymentPreference' is missing required Property 'Type'");
  }
  const hooks = source.has("Hooks") ? source.get("Hooks") : Dict.plain();
  if (!isDict(hooks)) {
    throw new InvalidResource(logicalId, "'Hooks' property of 'DeploymentPreference' must be a dictionary");
  }
  const passCondition = truthy(source.get("PassthroughCondition")) && condition !== null;
  return {
    enabled: true,
    type: source.get("Type"),
    beforeTraffic: hooks.get("PreTraffic"),
    afterTraffic: hooks.get("PostTraffic"),
    alarms: source.get("Alarms"),
    role: source.get("Role"),
    triggers: source.get("TriggerConfigurations"),
    condition: passCondition ? textOf(condition) : undefined,
    tags,
  };
};

const deploymentGroup = (logicalId: string, preference: Preference): CfnResource => {
  const group = new CfnResource("AWS::CodeDeploy::DeploymentGroup", groupId(logicalId), undefined, {
    AlarmConfiguration: alarmConfiguration(logicalId, preference.alarms),
    ApplicationName: ref(APPLICATION),
    AutoRollbackConfiguration: Dict.plain({
      Enabled: true,
      Events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"].map(literal),
    }),
    DeploymentConfigName: deploymentConfigName(preference.type),
    DeploymentStyle: Dict.plain({
      DeploymentType: literal("BLUE_GREEN"),
      DeploymentOption: literal("WITH_TRAFFIC_CONTROL"),
    }),
    ServiceRoleArn: truthy(preference.role) ? preference.role : getAtt(SERVICE_ROLE, "Arn"),
    TriggerConfigurations: truthy(preference.triggers) ? preference.triggers : null,
    Tags: truthy(preference.tags) ? tagList(preference.tags) : null,
  });
  if (preference.condition) group.attributes.set("Condition", preference.condition);
  return group;
};
