import type { ConditionType } from "../../../engines/pipeline/model.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import type { Rule } from "../declaration.ts";
import { invalidAction, invalidStructure } from "../errors.ts";
import type { Declaration } from "../records.ts";
import { RULE_TYPES } from "./ruleTypes.ts";

type Stage = Declaration["stages"][number];

/** What may come of a condition of each kind. */
const RESULTS: Readonly<Record<ConditionType, readonly string[]>> = {
  BEFORE_ENTRY: ["FAIL", "SKIP"],
  ON_SUCCESS: ["FAIL", "ROLLBACK"],
  ON_FAILURE: ["FAIL", "ROLLBACK", "RETRY", "SKIP"],
};

/** Throws what AWS says of conditions that cannot be. */
export const checkConditions = ({ stages, pipelineType, executionMode }: Declaration, region: string): void => {
  for (const [index, stage] of stages.entries()) {
    const { beforeEntry, onSuccess, onFailure, name } = stage;
    if (!beforeEntry && !onSuccess && !onFailure) continue;
    if (pipelineType !== "V2")
      throw invalidStructure(`Stage ${name} has conditions, which are supported for pipelines of type V2 only`);
    if (index === 0 && beforeEntry)
      throw invalidStructure(`Stage ${name} has an entry condition, which a source stage cannot have`);
    checkFailure(stage, index);
    // AWS: runs beside each other have no state of a stage that one could go back to.
    if (executionMode === "PARALLEL" && resultsOf(stage).includes("ROLLBACK"))
      throw invalidStructure(`Stage ${name} cannot be rolled back: the execution mode of the pipeline is PARALLEL`);
    checkCondition(stage, "BEFORE_ENTRY", beforeEntry?.conditions ?? [], region);
    checkCondition(stage, "ON_SUCCESS", onSuccess?.conditions ?? [], region);
    checkCondition(stage, "ON_FAILURE", onFailure?.conditions ?? [], region);
  }
};

const checkFailure = (stage: Stage, index: number): void => {
  const { name, onFailure } = stage;
  if (onFailure?.retryConfiguration && onFailure.result !== "RETRY")
    throw invalidStructure(`Stage ${name} has a retry configuration, and its failure does not have the result RETRY`);
  if (index === 0 && resultsOf(stage).includes("ROLLBACK"))
    throw invalidStructure(`Stage ${name} cannot be rolled back: it is the source stage`);
};

const resultsOf = ({ onFailure, onSuccess }: Stage): readonly (string | undefined)[] => [
  onFailure?.result,
  ...[onFailure, onSuccess].flatMap((each) => each?.conditions ?? []).map(({ result }) => result),
];

const checkCondition = (
  stage: Stage,
  type: ConditionType,
  conditions: NonNullable<Stage["beforeEntry"]>["conditions"],
  region: string,
): void => {
  const names = new Set<string>();
  for (const { result, rules = [] } of conditions) {
    if (result !== undefined && !RESULTS[type].includes(result))
      throw invalidStructure(
        `Condition ${type} of stage ${stage.name} has the result ${result}. Valid results: ${RESULTS[type].join(", ")}`,
      );
    if (rules.length === 0) throw invalidStructure(`Condition ${type} of stage ${stage.name} has no rules`);
    for (const rule of rules) {
      if (names.has(rule.name))
        throw invalidStructure(
          `Rule name must be unique within a condition. ${rule.name} has been used more than once.`,
        );
      names.add(rule.name);
      checkRule(rule, region);
    }
  }
};

const checkRule = (
  { name, ruleTypeId, configuration = {}, commands, inputArtifacts = [], ...rule }: Rule,
  region: string,
) => {
  const { provider, version = "1", category } = ruleTypeId;
  const type = RULE_TYPES.find((each) => each.provider === provider);
  if (!type || version !== "1")
    throw invalidAction(
      `RuleType (Category: '${category}', Provider: '${provider}', Owner: 'AWS', Version: '${version}') in rule '${name}' is not available in region ${region.toUpperCase().replaceAll("-", "_")}`,
    );
  if (rule.region !== undefined && rule.region !== region)
    throw new NotImplemented(`rules in another region (${rule.region})`);
  const missing = type.required.find((member) => !configuration[member]);
  if (missing !== undefined)
    throw invalidAction(`Rule configuration for rule '${name}' is missing required configuration '${missing}'`);
  const known = [...type.required, ...type.optional];
  const unknown = Object.keys(configuration).find((member) => !known.includes(member));
  if (unknown !== undefined)
    throw invalidAction(`Rule configuration for rule '${name}' contains unknown configuration '${unknown}'`);
  if ((provider === "Commands") === (commands === undefined))
    throw invalidAction(`Rule '${name}' ${commands ? "cannot have commands" : "has no commands"}`);
  const { min, max } = type.inputs;
  if (inputArtifacts.length < min || inputArtifacts.length > max)
    throw invalidAction(
      `Rule ${name} has ${inputArtifacts.length} input artifacts; ${provider} takes ${min} to ${max}`,
    );
};
