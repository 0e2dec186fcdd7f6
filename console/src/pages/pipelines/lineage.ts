import type { ActionRun, RunSummary } from "./runs.ts";

/** Where an artifact that an action took comes from: the action that made it in this run, and its sources' revisions. */
export interface Lineage {
  readonly from: string | undefined;
  readonly revisions: readonly string[];
}

/** Follows the artifacts of a run from action to action, by the keys of their objects. */
export const lineageOf = (actions: readonly ActionRun[], { sourceRevisions = [] }: RunSummary) => {
  const sources = new Map(sourceRevisions.map(({ actionName, revisionId = "" }) => [actionName, revisionId]));
  const makers = new Map(
    actions.flatMap((run) => (run.output?.outputArtifacts ?? []).map(({ s3location }) => [s3location?.key, run])),
  );
  return (key: string | undefined): Lineage => {
    const maker = makers.get(key);
    return {
      from: maker && `${maker.stageName} / ${maker.actionName}`,
      revisions: [...new Set(revisionsOf(maker, makers, sources))],
    };
  };
};

const revisionsOf = (
  run: ActionRun | undefined,
  makers: ReadonlyMap<string | undefined, ActionRun>,
  sources: ReadonlyMap<string | undefined, string>,
): readonly string[] => {
  // What an earlier run made was of the revisions that this run tells.
  if (!run) return [...sources.values()];
  const inputs = run.input?.inputArtifacts ?? [];
  const own = sources.get(run.actionName);
  if (inputs.length === 0) return own === undefined ? [] : [own];
  return inputs.flatMap(({ s3location }) => revisionsOf(makers.get(s3location?.key), makers, sources));
};
