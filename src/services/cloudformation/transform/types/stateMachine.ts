import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import { definitionLocation } from "../codeLocation.ts";
import type { Context, SamResource, SamType } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { stateMachineEvents } from "../events/stateMachineEvents.ts";
import { tracingPolicy } from "../functions/role.ts";
import { getAtt, ref } from "../intrinsics.ts";
import { assumedBy } from "../policies/documents.ts";
import { executionRole } from "../policies/roles.ts";
import { propagateTags } from "../propagateTags.ts";
import { FLAG, listOf, MAP, mapOf, oneOf, optional, passed, strict, TEXT } from "../properties.ts";
import { inlineDefinition } from "../stateMachines/definition.ts";
import { tagList } from "../tags.ts";
import { shown } from "../values/text.ts";
import { Dict, isDict, truthy, type Value } from "../values/value.ts";
import { asOwn } from "./function.ts";

/** AWS::Serverless::StateMachine: the state machine, its role, version and alias, and what its events need. */
export const stateMachine: SamType = {
  properties: {
    Definition: optional(MAP),
    DefinitionUri: optional(oneOf(TEXT, MAP)),
    Logging: optional(MAP),
    Role: optional(TEXT),
    RolePath: passed(),
    DefinitionSubstitutions: optional(MAP),
    Events: optional(mapOf(MAP)),
    Name: optional(TEXT),
    Type: optional(TEXT),
    Tags: optional(MAP),
    PropagateTags: optional(FLAG),
    Policies: optional(oneOf(TEXT, listOf(oneOf(TEXT, MAP)))),
    Tracing: optional(MAP),
    PermissionsBoundary: optional(TEXT),
    AutoPublishAlias: passed(),
    DeploymentPreference: passed(),
    UseAliasAsEventTarget: strict(FLAG),
  },
  transform: (resource, context) => {
    const { properties } = resource;
    const events = asOwn(resource, () => stateMachineEvents(resource, context));
    const machine = makeMachine(resource);
    const role = assignRole(resource, machine, context);
    const resources = role ? [machine, role] : [machine];
    const published = publish(resource);
    resources.push(...published);
    const alias = published[1];
    const target = truthy(properties.get("UseAliasAsEventTarget")) && alias ? alias : machine;
    resources.push(...events.generate(target, properties.get("PermissionsBoundary")));
    propagateTags(resources, properties.get("Tags"), truthy(properties.get("PropagateTags")));
    return resources;
  },
};

const makeMachine = (resource: SamResource): CfnResource => {
  const { properties, logicalId } = resource;
  const machine = new CfnResource("AWS::StepFunctions::StateMachine", logicalId, resource.attributes);
  machine.dependsOn = resource.dependsOn;
  const substitutions = properties.get("DefinitionSubstitutions");
  if (truthy(substitutions)) machine.set("DefinitionSubstitutions", substitutions);
  setDefinition(resource, machine);
  machine.set("StateMachineName", properties.get("Name"));
  machine.set("StateMachineType", properties.get("Type"));
  machine.set("LoggingConfiguration", properties.get("Logging"));
  machine.set("TracingConfiguration", properties.get("Tracing"));
  machine.set("Tags", markedTags(resource));
  return machine;
};

const setDefinition = ({ properties, logicalId }: SamResource, machine: CfnResource): void => {
  const inline = properties.get("Definition");
  const uri = properties.get("DefinitionUri");
  if (truthy(inline) && truthy(uri)) {
    throw new InvalidResource(logicalId, "Specify either 'Definition' or 'DefinitionUri' property and not both.");
  }
  if (truthy(inline)) {
    const { text, substitutions } = inlineDefinition(inline);
    if (substitutions.size > 0) {
      const given = machine.get("DefinitionSubstitutions");
      if (isDict(given)) given.update(substitutions);
      else machine.set("DefinitionSubstitutions", substitutions);
    }
    machine.set("DefinitionString", text);
  } else if (truthy(uri)) machine.set("DefinitionS3Location", definitionLocation(uri, logicalId));
  else {
    throw new InvalidResource(logicalId, "Either 'Definition' or 'DefinitionUri' property must be specified.");
  }
};

const markedTags = ({ properties }: SamResource): Value => [
  ...tagList(Dict.plain({ "stateMachine:createdBy": "SAM" })),
  ...tagList(properties.get("Tags")),
];

const assignRole = (resource: SamResource, machine: CfnResource, context: Context): CfnResource | undefined => {
  const { properties, logicalId } = resource;
  const given = properties.get("Role");
  const policies = properties.get("Policies");
  if (truthy(given) && truthy(policies)) {
    throw new InvalidResource(
      logicalId,
      "Specify either 'Role' or 'Policies' (but not both at the same time) or neither of them",
    );
  }
  if (truthy(given)) {
    machine.set("RoleArn", given);
    return undefined;
  }
  const tracing = properties.get("Tracing");
  const traced = isDict(tracing) && tracing.get("Enabled") === true;
  const list = Array.isArray(policies) ? policies : truthy(policies) ? [policies] : [];
  const role = executionRole(
    logicalId,
    {
      attributes: passedOnAttributes(resource.attributes),
      trust: assumedBy("states.amazonaws.com"),
      policies: traced ? [...list, tracingPolicy(context.partition)] : list,
      path: properties.get("RolePath"),
      permissionsBoundary: properties.get("PermissionsBoundary"),
      tags: markedTags(resource),
    },
    context,
  );
  machine.set("RoleArn", getAtt(role.logicalId, "Arn"));
  return role;
};

/** AutoPublishAlias: a version of every revision and an alias that Step Functions itself shifts to it. */
const publish = ({ properties, logicalId, attributes }: SamResource): CfnResource[] => {
  const alias = properties.get("AutoPublishAlias");
  const preference = properties.get("DeploymentPreference");
  if (!truthy(alias)) {
    const needing = ["UseAliasAsEventTarget", "DeploymentPreference"].find((name) => truthy(properties.get(name)));
    if (needing === undefined) return [];
    throw new InvalidResource(logicalId, `'${needing}' requires 'AutoPublishAlias' property to be specified.`);
  }
  const passed = passedOnAttributes(attributes);
  const retained = passed.shallowCopy();
  for (const name of ["DeletionPolicy", "UpdateReplacePolicy"]) retained.setDefault(name, "Retain");
  const version = new CfnResource("AWS::StepFunctions::StateMachineVersion", `${logicalId}Version`, retained, {
    StateMachineArn: ref(logicalId),
    StateMachineRevisionId: getAtt(logicalId, "StateMachineRevisionId"),
  });
  const deployment = isDict(preference) && preference.size > 0 ? preference : Dict.plain({ Type: "ALL_AT_ONCE" });
  deployment.put("StateMachineVersionArn", ref(version.logicalId));
  const pointer = new CfnResource("AWS::StepFunctions::StateMachineAlias", `${logicalId}Alias${shown(alias)}`, passed, {
    Name: alias,
    DeploymentPreference: deployment,
  });
  return [version, pointer];
};
