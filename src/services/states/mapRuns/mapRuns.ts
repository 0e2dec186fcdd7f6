import { createHash } from "node:crypto";
import { StateFailure } from "../../../engines/states/failure.ts";
import type { MapPlan, MapRuns } from "../../../engines/states/model.ts";
import { known } from "../../../kernel/errors.ts";
import type { JsonValue } from "../../../kernel/json.ts";
import { mapRunArn, partsOf } from "../arns.ts";
import type { MapRunRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { abortMapRun } from "../run/settle.ts";
import { runChildren } from "./children.ts";
import { loadItems } from "./load.ts";
import type { MapMeans } from "./means.ts";
import { readItems } from "./readItems.ts";
import { resultsOf } from "./results.ts";
import { writeResults } from "./writeResults.ts";

/** The map runs of one execution. */
export const mapRunsOf = (means: MapMeans): MapRuns => ({
  open: (plan) => open(means, plan),
  carry: async (arn, prepare) => {
    const { room, signal } = means;
    const id = partsOf(arn, "mapRun").join(":");
    try {
      const { reader, tallies } = recordOf(room, id);
      if (!tallies) loadItems(room, id, await prepare(await readItems(await means.contextOf(), reader ?? {})));
      await runChildren(means, id);
      return await outputOf(means, id);
    } catch (error) {
      // A branch beside it failed; or the run did. When the process ends, the run goes on with the next one.
      if (signal.reason instanceof StateFailure) abortMapRun(room, id, "ABORTED");
      if (signal.aborted || !(error instanceof StateFailure)) throw error;
      abortMapRun(room, id, "FAILED");
      // AWS: what became of the items is written of a run that failed, too.
      if (error.error === "States.ExceedToleratedFailureThreshold") await writtenBy(means, id);
      throw error;
    }
  },
});

const recordOf = (room: Room, id: string): MapRunRecord => known(room.mapRuns.get(id), `the map run ${id}`);

const open = ({ room, execution }: MapMeans, { inputs, label, ...plan }: MapPlan): string => {
  const { deps } = room;
  const name = label ?? labelOf(plan.scope);
  const id = `${execution.machine}/${name}:${deps.ids.uuid()}`;
  const startedAt = deps.clock.now();
  const { machine, revisionId } = execution;
  room.mapRuns.put(id, {
    ...plan,
    id,
    label: name,
    execution: execution.id,
    machine,
    revisionId,
    status: "RUNNING",
    startedAt,
    redriveCount: 0,
  });
  room.mapRunsOf.put([execution.id, startedAt, id], id);
  if (inputs) loadItems(room, id, inputs);
  return mapRunArn(deps, id);
};

/** AWS: a Map without a label gets one that means nothing, and always the same. */
const labelOf = (scope: MapPlan["scope"]): string =>
  createHash("sha256")
    .update(scope.join("/"))
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");

/** What leaves the Map, once its children are over. */
const outputOf = async (means: MapMeans, id: string): Promise<JsonValue> => {
  const { room } = means;
  const output = (await writtenBy(means, id)) ?? resultsOf(room, id, recordOf(room, id).writer);
  room.mapRuns.put(id, { ...recordOf(room, id), status: "SUCCEEDED", stoppedAt: room.deps.clock.now() });
  return output;
};

const writtenBy = async ({ room, contextOf }: MapMeans, id: string): Promise<JsonValue | undefined> => {
  const { writer } = recordOf(room, id);
  return writer?.["Resource"] === undefined ? undefined : writeResults(room, await contextOf(), id, writer);
};
