import type { Collection, Records } from "../../store/records.ts";
import { type StoredItem, storedItem } from "./items/storedItem.ts";
import type { TableRecord } from "./records.ts";

/** A copy of a table as it was; its items lie in a collection of their own. */
export interface BackupRecord {
  readonly arn: string;
  readonly name: string;
  readonly table: TableRecord;
  readonly createdAt: number;
  readonly status: "CREATING" | "AVAILABLE";
  readonly items: number;
  readonly bytes: number;
}

/** The backups of one account and region, by ARN, and what restores have not finished. */
export interface Backups {
  readonly records: Collection<BackupRecord>;
  /** Tables that are being filled from a backup; they are nobody's yet. */
  readonly restoring: Collection<TableRecord>;
  items(backup: Pick<BackupRecord, "arn">): Collection<StoredItem>;
  /** Keys of a table under restore whose items are already as they were. */
  takenBack(table: TableRecord): Collection<1>;
  forgetTakenBack(table: TableRecord): void;
  remove(backup: BackupRecord): void;
}

export const openBackups = (records: Records): Backups => {
  const byArn = records.collection<BackupRecord>("backups");
  const itemsName = ({ arn }: Pick<BackupRecord, "arn">) => `backup.${arn.slice(arn.lastIndexOf("/") + 1)}`;
  return {
    records: byArn,
    restoring: records.collection<TableRecord>("restoring"),
    items: (backup) => records.collection(itemsName(backup), storedItem),
    takenBack: ({ id }) => records.collection<1>(`takenBack.${id}`),
    forgetTakenBack: ({ id }) => records.drop(`takenBack.${id}`),
    remove: (backup) => {
      byArn.delete(backup.arn);
      records.drop(itemsName(backup));
    },
  };
};
