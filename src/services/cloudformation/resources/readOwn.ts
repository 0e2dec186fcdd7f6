import type { JsonObject } from "../../../kernel/json.ts";
import {
  objectIn,
  objectsIn,
  plain,
  type ResourceReader,
  tagList,
  textsOf,
  unlessMissing,
} from "../../../kernel/resourceReading.ts";
import type { Room } from "../room.ts";
import { instancesOf } from "../stackSets/find.ts";

// CloudFormation's own types as they are now.

/** A nested stack; of its parameters those that the template gives, as the others have their defaults. */
export const readNestedStack =
  ({ tables }: Room): ResourceReader =>
  async (_ctx, physicalId, given) => {
    const stack = tables.stacks.get(physicalId);
    if (stack?.definition === undefined || stack.status === "DELETE_COMPLETE") return undefined;
    const { parameters, notificationArns, tags } = stack.definition;
    const asked = objectIn(given, "Parameters");
    // What must not be shown is not compared: it counts as what the template says.
    const known = parameters.map(({ name, value, isSealed }) => [name, isSealed ? asked[name] : value] as const);
    const properties = plain({
      Parameters: Object.fromEntries(known.filter(([name]) => Object.hasOwn(asked, name))),
      NotificationARNs: notificationArns,
      TimeoutInMinutes: stack.timeoutMinutes,
      Tags: tagList(tags),
    });
    const attributes = Object.fromEntries(stack.outputs.map(({ key, value }) => [`Outputs.${key}`, value]));
    return { physicalId, attributes, properties, unread: ["TemplateURL"] };
  };

/** A macro, by its name. */
export const readMacro =
  ({ tables }: Room): ResourceReader =>
  async (_ctx, physicalId) => {
    const macro = tables.macros.get(physicalId);
    const properties = macro && { Name: physicalId, FunctionName: macro.functionName };
    return (
      properties && { physicalId, attributes: {}, properties, unread: ["Description", "LogGroupName", "LogRoleARN"] }
    );
  };

/** A stack set with its instances and the parameters that the template gives, in the groups in which the template has them. */
export const readStackSet =
  (room: Room): ResourceReader =>
  async (ctx, physicalId, given) => {
    const asked = ctx.call("cloudformation", "DescribeStackSet", { StackSetName: physicalId });
    const { StackSet } = (await unlessMissing(asked, "StackSetNotFoundException")) ?? {};
    if (StackSet === undefined || StackSet.Status === "DELETED") return undefined;
    const { StackSetName, Description, Capabilities, Tags, Parameters, PermissionModel, ManagedExecution } = StackSet;
    const named = new Set(objectsIn(given, "Parameters").map((parameter) => parameter["ParameterKey"]));
    const properties = plain({
      ...{ StackSetName, Description, Capabilities, PermissionModel, ManagedExecution },
      Parameters: Parameters?.filter(({ ParameterKey = "" }) => named.has(ParameterKey)),
      AdministrationRoleARN: StackSet.AdministrationRoleARN,
      ExecutionRoleName: StackSet.ExecutionRoleName,
      StackInstancesGroup: groupsOf(room, physicalId, given),
      Tags: tagList(Tags),
    });
    return { physicalId, attributes: { StackSetId: physicalId }, properties, unread: UNREAD };
  };

const UNREAD = ["AutoDeployment", "CallAs", "OperationPreferences", "TemplateBody", "TemplateURL"];

/** The template's groups with the accounts and regions in which there are instances. */
const groupsOf = (room: Room, stackSetId: string, given: JsonObject): readonly JsonObject[] => {
  const places = instancesOf(room, stackSetId);
  const accounts = new Set(places.map(({ account }) => account));
  const regions = new Set(places.map(({ region }) => region));
  return objectsIn(given, "StackInstancesGroup").map((group) => ({
    ...group,
    DeploymentTargets: {
      Accounts: textsOf(objectIn(group, "DeploymentTargets"), "Accounts").filter((account) => accounts.has(account)),
    },
    Regions: textsOf(group, "Regions").filter((region) => regions.has(region)),
  }));
};
