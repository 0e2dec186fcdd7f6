import { keyItem, keyText, type StoredKey } from "../items/keys.ts";
import { readStored } from "../items/store.ts";
import type { StoredItem } from "../items/storedItem.ts";
import type { TableRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { ExportWindow } from "./records.ts";

/** One line of a data file, and what is billed for it. */
export interface ExportLine {
  readonly text: string;
  readonly bytes: number;
}

/** An item that was written within the window. */
interface Changed {
  readonly key: StoredKey;
  /** Its first write within the window: that knows what the item was before. */
  readonly first: number;
  /** When it was written last within the window. */
  at: number;
  /** Its first write after the window: that knows what the window left of it. Absent where the table still has it. */
  next?: number;
}

type HistoryRoom = Pick<Room, "histories" | "tables">;

/** Writes looked at, and lines given, in one turn. */
const SLICE = 500;

/**
 * The items that were written within a window, each once, with what they were before and after it.
 * AWS: what came and went within it leaves no line.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */
export async function* changesWithin(
  room: HistoryRoom,
  table: TableRecord,
  window: ExportWindow,
): AsyncGenerator<readonly ExportLine[]> {
  const walk = walkOf(room, table, window);
  while (!walk.step()) await nextTurn();
  const changed = [...walk.changed.values()];
  for (let from = 0; from < changed.length; from += SLICE) {
    // What was written since the last turn is no part of the window: its writes know what is.
    while (!walk.step());
    yield changed.slice(from, from + SLICE).flatMap((each) => lineOf(room, table, each, window.view));
    await nextTurn();
  }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Reads the history from the window's beginning on; a step is true when it has come to the present. */
const walkOf = ({ histories }: HistoryRoom, table: TableRecord, { from, to }: ExportWindow) => {
  const changed = new Map<string, Changed>();
  let place: Parameters<Room["histories"]["after"]>[1] = { at: from - 1 };
  const step = (): boolean => {
    const slice = histories.after(table, place, SLICE);
    for (const { number, at, key } of slice) {
      const name = keyText(key);
      const known = changed.get(name);
      if (at < to) {
        if (known) known.at = at;
        else changed.set(name, { key, first: number, at });
      } else if (known) known.next ??= number;
      place = { number };
    }
    return slice.length < SLICE;
  };
  return { changed, step };
};

const lineOf = (
  room: HistoryRoom,
  table: TableRecord,
  { key, first, at, next }: Changed,
  view: ExportWindow["view"],
): readonly ExportLine[] => {
  const before = beforeWrite(room, table, first);
  const after = next === undefined ? readStored(room.tables, table, key) : beforeWrite(room, table, next);
  const either = after ?? before;
  if (!either) return [];
  const old = view === "NEW_AND_OLD_IMAGES" ? before : undefined;
  const images = `${old ? `,"OldImage":${old.text}` : ""}${after ? `,"NewImage":${after.text}` : ""}`;
  const text = `{"Metadata":{"WriteTimestampMicros":{"N":"${at}000"}},"Keys":${JSON.stringify(keyItem(table.key, either.item))}${images}}`;
  return [{ text, bytes: (old?.bytes ?? 0) + (after?.bytes ?? 0) }];
};

const beforeWrite = ({ histories }: HistoryRoom, table: TableRecord, number: number): StoredItem | undefined =>
  histories.after(table, { number: number - 1 }, 1)[0]?.before;
