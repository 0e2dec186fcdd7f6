import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidAction } from "../errors.ts";
import type { ActionTypeRecord, Declaration } from "../records.ts";
import { ACTION_TYPES, type ActionTypeRule, ruleOfType, UNBUILT } from "./actionTypes.ts";

type Action = Declaration["stages"][number]["actions"][number];

/** The types of somebody's own. */
export type FindActionType = (id: Action["actionTypeId"]) => ActionTypeRecord | undefined;

/** Throws what AWS says of an action that cannot be. */
export const checkAction = (action: Action, region: string, isV2: boolean, types: FindActionType): void => {
  const own = types(action.actionTypeId);
  const rule = own ? ruleOfType(own) : ruleOf(action, region);
  // AWS: sources, approvals and what is not AWS's own stay where the pipeline is.
  const stays = rule.owner !== "AWS" || rule.category === "Source" || rule.category === "Approval";
  if (stays && action.region !== undefined && action.region !== region)
    throw invalidAction(
      `Action '${action.name}' cannot be in the region ${action.region}: ${rule.category} actions provided by ${rule.provider} cannot be cross-region`,
    );
  if (rule.v2 && !isV2)
    throw invalidAction(
      `Action '${action.name}' has the provider ${rule.provider}, which is supported for pipelines of type V2 only`,
    );
  if (rule.provider === "Commands" && !action.commands?.length)
    throw invalidAction(`Action ${action.name} must have a non-empty commands field`);
  if (rule.provider !== "Commands" && action.commands !== undefined)
    throw invalidAction(`Action ${action.name} cannot have commands: its provider is ${rule.provider}`);
  checkCount(action, "input", (action.inputArtifacts ?? []).length, rule);
  checkCount(action, "output", (action.outputArtifacts ?? []).length, rule);
  const given = Object.keys(action.configuration ?? {});
  const missing = rule.required.find((name) => !action.configuration?.[name]);
  if (missing !== undefined)
    throw invalidAction(
      `Action configuration for action '${action.name}' is missing required configuration '${missing}'`,
    );
  const unknown = given.find((name) => !rule.required.includes(name) && !rule.optional.includes(name));
  if (unknown !== undefined)
    throw invalidAction(`Action configuration for action '${action.name}' contains unknown configuration '${unknown}'`);
  if (rule.provider === "CloudFormation") checkCloudFormation(action);
  if (rule.provider === "CodeBuild") checkCodeBuild(action);
};

const ruleOf = ({ name, actionTypeId }: Action, region: string): ActionTypeRule => {
  const { category, owner, provider, version } = actionTypeId;
  const rule = ACTION_TYPES.find(
    (type) => type.category === category && type.owner === owner && type.provider === provider,
  );
  if (rule && version === "1") return rule;
  if (UNBUILT.has(`${category}/${provider}`))
    throw new NotImplemented(`the action provider ${provider} of the category ${category}`);
  throw invalidAction(
    `ActionType (Category: '${category}', Provider: '${provider}', Owner: '${owner}', Version: '${version}') in action '${name}' is not available in region ${region.toUpperCase().replaceAll("-", "_")}`,
  );
};

const checkCount = ({ name }: Action, kind: "input" | "output", count: number, rule: ActionTypeRule): void => {
  const { min, max } = kind === "input" ? rule.inputs : rule.outputs;
  const refuse = (compared: string) =>
    invalidAction(`Action ${name} declares ${count} ${kind} artifacts which is ${compared}`);
  if (count < min) throw refuse(`less than the minimum count (${min})`);
  if (count > max) throw refuse(`more than the maximum count (${max})`);
};

/** Which members each mode needs: https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html */
const MODES: Readonly<Record<string, readonly string[]>> = {
  CREATE_UPDATE: ["TemplatePath", "RoleArn"],
  REPLACE_ON_FAILURE: ["TemplatePath", "RoleArn"],
  DELETE_ONLY: ["RoleArn"],
  CHANGE_SET_REPLACE: ["ChangeSetName", "TemplatePath", "RoleArn"],
  CHANGE_SET_EXECUTE: ["ChangeSetName"],
};

const checkCloudFormation = ({ name, configuration = {} }: Action): void => {
  const mode = configuration["ActionMode"] ?? "";
  const needed = MODES[mode];
  if (!needed)
    throw invalidAction(
      `Action configuration for action '${name}' has an invalid value '${mode}' for 'ActionMode'. Valid values: ${Object.keys(MODES).join(", ")}`,
    );
  const missing = needed.find((member) => !configuration[member]);
  if (missing !== undefined)
    throw invalidAction(`Action configuration for action '${name}' is missing required configuration '${missing}'`);
};

/** AWS: of several input artifacts one is the primary source; only what a batch has made can be combined. */
const checkCodeBuild = ({ name, configuration = {}, inputArtifacts = [] }: Action): void => {
  const { PrimarySource: primary, BatchEnabled, CombineArtifacts } = configuration;
  if (primary === undefined && inputArtifacts.length > 1)
    throw invalidAction(
      `Action configuration for action '${name}' is missing required configuration 'PrimarySource': it has more than one input artifact`,
    );
  if (primary !== undefined && !inputArtifacts.some((artifact) => artifact.name === primary))
    throw invalidAction(
      `Action configuration for action '${name}' has an invalid value '${primary}' for 'PrimarySource': it is no input artifact of the action`,
    );
  if (CombineArtifacts === "true" && BatchEnabled !== "true")
    throw invalidAction(`Action configuration for action '${name}' has 'CombineArtifacts' without 'BatchEnabled'`);
};
