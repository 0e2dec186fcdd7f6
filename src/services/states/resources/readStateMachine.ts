import {
  capitalized,
  parsed,
  plain,
  type ResourceReader,
  tagList,
  unlessMissing,
} from "../../../kernel/resourceReading.ts";
import { INITIAL_REVISION } from "../records.ts";

/** A state machine as it is now. */
export const readStateMachine: ResourceReader = async (ctx, stateMachineArn, given) => {
  const asked = ctx.call("states", "DescribeStateMachine", { stateMachineArn });
  const found = await unlessMissing(asked, "StateMachineDoesNotExist");
  if (!found) return undefined;
  const { tags = [] } = await ctx.call("states", "ListTagsForResource", { resourceArn: stateMachineArn });
  const { name = "", definition, loggingConfiguration: logging, tracingConfiguration: tracing, revisionId } = found;
  const properties = plain({
    StateMachineName: name,
    StateMachineType: found.type,
    RoleArn: found.roleArn,
    Definition: parsed(definition),
    DefinitionString: definition,
    LoggingConfiguration: logging && capitalized(logging),
    TracingConfiguration: tracing && capitalized(tracing),
    EncryptionConfiguration: found.encryptionConfiguration && capitalized(found.encryptionConfiguration),
    Tags: tagList(tags),
  });
  // What a service runs has values in the places of the template's names.
  const substituted = given["DefinitionSubstitutions"] === undefined ? [] : ["Definition", "DefinitionString"];
  const unread = ["DefinitionS3Location", "DefinitionSubstitutions", ...substituted];
  const attributes = { Arn: stateMachineArn, Name: name, StateMachineRevisionId: revisionId ?? INITIAL_REVISION };
  const told = Object.fromEntries(Object.entries(properties).filter(([property]) => !substituted.includes(property)));
  return { physicalId: stateMachineArn, attributes, properties: told, unread };
};

/** An activity as it is now. */
export const readActivity: ResourceReader = async (ctx, activityArn) => {
  const found = await unlessMissing(ctx.call("states", "DescribeActivity", { activityArn }), "ActivityDoesNotExist");
  if (!found) return undefined;
  const { tags = [] } = await ctx.call("states", "ListTagsForResource", { resourceArn: activityArn });
  const { name: Name = "" } = found;
  const encryption = found.encryptionConfiguration;
  const EncryptionConfiguration = encryption && capitalized(encryption);
  const properties = plain({ Name, EncryptionConfiguration, Tags: tagList(tags) });
  return {
    physicalId: activityArn,
    attributes: { Arn: activityArn, Name },
    properties,
    unread: [],
  };
};
