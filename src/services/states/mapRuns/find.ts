import { executionArn, mapRunArn, partsOf } from "../arns.ts";
import { noResource } from "../errors.ts";
import type { MapRunRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** The map run of an ARN. Throws ResourceNotFound. */
export const findMapRun = (room: Room, arn: string): MapRunRecord => {
  const record = room.mapRuns.get(partsOf(arn, "mapRun").join(":"));
  if (!record) throw noResource(arn);
  return record;
};

/** What every answer says of a map run. */
export const identityView = ({ deps }: Room, { id, execution, startedAt, stoppedAt }: MapRunRecord) => ({
  mapRunArn: mapRunArn(deps, id),
  executionArn: executionArn(deps, { id: execution, type: "STANDARD" }),
  startDate: new Date(startedAt),
  ...(stoppedAt === undefined ? {} : { stopDate: new Date(stoppedAt) }),
});
