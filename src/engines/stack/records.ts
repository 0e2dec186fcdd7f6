import type { Physical, ResourceRecord, ResourceSnapshot } from "./model.ts";

/** What a rollback needs of a record as it stands. */
export const snapshotOf = ({ before: _before, leftover: _leftover, ...snapshot }: ResourceRecord): ResourceSnapshot =>
  snapshot;

/** The thing in the world behind a record; undefined when there is none. */
export const physicalOf = (record: ResourceSnapshot): Physical | undefined =>
  record.physicalId === undefined
    ? undefined
    : {
        type: record.type,
        physicalId: record.physicalId,
        properties: record.properties,
        attributes: record.attributes,
      };

/** True when the operation that touched it last has brought it to its end. */
export const isDone = ({ status }: ResourceRecord): boolean =>
  status === "CREATE_COMPLETE" || status === "UPDATE_COMPLETE" || status === "IMPORT_COMPLETE";
