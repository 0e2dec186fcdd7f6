import { invalidStructure } from "../errors.ts";
import { MAX_ACTIONS_PER_PIPELINE, MAX_ACTIONS_PER_STAGE, MAX_STAGES, MIN_STAGES } from "../limits.ts";
import type { Declaration } from "../records.ts";
import { checkAction, type FindActionType } from "./checkAction.ts";
import { checkArtifacts } from "./checkArtifacts.ts";
import { checkConditions } from "./checkConditions.ts";

/** Throws what AWS says of a pipeline that cannot be: https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html */
export const checkStructure = (declaration: Declaration, region: string, types: FindActionType): void => {
  const { stages } = declaration;
  checkStores(declaration, region);
  if (stages.length < MIN_STAGES)
    throw invalidStructure(
      `Pipeline has only ${stages.length} stage(s). There should be a minimum of ${MIN_STAGES} stages in a pipeline`,
    );
  if (stages.length > MAX_STAGES) throw invalidStructure(`Pipeline has more than ${MAX_STAGES} stages`);
  if (stages.reduce((sum, { actions }) => sum + actions.length, 0) > MAX_ACTIONS_PER_PIPELINE)
    throw invalidStructure(`Pipeline has more than ${MAX_ACTIONS_PER_PIPELINE} actions`);
  checkNames(declaration);
  checkSources(declaration);
  const type = declaration.pipelineType ?? "V1";
  if (type === "V1" && (declaration.executionMode ?? "SUPERSEDED") !== "SUPERSEDED")
    throw invalidStructure(`Pipelines of type V1 do not support the execution mode ${declaration.executionMode}`);
  if (type === "V1" && (declaration.variables?.length || declaration.triggers?.length))
    throw invalidStructure("Pipeline variables and triggers are supported for pipelines of type V2 only");
  for (const { actions } of stages) for (const action of actions) checkAction(action, region, type === "V2", types);
  checkConditions(declaration, region);
  checkTriggers(declaration);
  checkArtifacts(declaration);
};

/** AWS: a pipeline with actions in other regions has a store in each region, its own among them. */
const checkStores = ({ artifactStore, artifactStores, stages }: Declaration, region: string): void => {
  if (!artifactStore === !artifactStores)
    throw invalidStructure("Pipeline must have either artifactStore or artifactStores, but not both");
  const regions = new Set([
    region,
    ...stages.flatMap(({ actions }) => actions.map((action) => action.region ?? region)),
  ]);
  if (artifactStore && regions.size > 1)
    throw invalidStructure("Pipeline must have artifactStores when it contains actions in other regions");
  const missing = artifactStores && [...regions].find((each) => !artifactStores[each]);
  if (missing !== undefined)
    throw invalidStructure(`Pipeline artifactStores must contain an artifact store for the region ${missing}`);
};

const checkNames = ({ stages }: Declaration): void => {
  const names = new Set<string>();
  for (const { name, actions } of stages) {
    if (names.has(name))
      throw invalidStructure(`Stage name must be unique within the pipeline. ${name} has been used more than once.`);
    names.add(name);
    if (actions.length === 0) throw invalidStructure(`Stage ${name} must contain at least one action`);
    if (actions.length > MAX_ACTIONS_PER_STAGE)
      throw invalidStructure(`Stage ${name} has more than ${MAX_ACTIONS_PER_STAGE} actions`);
    const actionNames = actions.map((action) => action.name);
    const twice = actionNames.find((action, index) => actionNames.indexOf(action) !== index);
    if (twice !== undefined)
      throw invalidStructure(`Action name must be unique within a stage. ${twice} has been used more than once.`);
  }
};

const checkSources = ({ stages }: Declaration): void => {
  const [first, ...others] = stages;
  if (!first?.actions.every(({ actionTypeId }) => actionTypeId.category === "Source"))
    throw invalidStructure("Pipeline should start with a stage that only contains source actions");
  for (const { name, actions } of others) {
    if (actions.some(({ actionTypeId }) => actionTypeId.category === "Source"))
      throw invalidStructure(
        `Only the first stage of a pipeline may contain source actions: stage ${name} contains one`,
      );
  }
};

/** AWS: a trigger speaks of a source action that a connection brings; a filter of tags knows no branches or files. */
const checkTriggers = ({ triggers = [], stages }: Declaration): void => {
  const sources = stages[0]?.actions ?? [];
  const names = new Set<string>();
  for (const { gitConfiguration } of triggers) {
    const name = gitConfiguration?.sourceActionName ?? "";
    const action = sources.find((each) => each.name === name);
    if (action?.actionTypeId.provider !== "CodeStarSourceConnection")
      throw invalidStructure(
        `Trigger refers to the source action ${name}, which is not a CodeStarSourceConnection action of the pipeline`,
      );
    if (names.has(name)) throw invalidStructure(`Source action ${name} has more than one trigger`);
    names.add(name);
    if (gitConfiguration?.push?.some(({ tags, branches, filePaths }) => tags && (branches || filePaths)))
      throw invalidStructure(`Trigger of the source action ${name} filters tags together with branches or file paths`);
  }
};
