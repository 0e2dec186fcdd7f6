import type { TagRecord } from "./records.ts";

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const tagsFrom = (tags: readonly Tag[] = []): readonly TagRecord[] =>
  tags.map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));

export const tagsView = (tags: readonly TagRecord[]) => tags.map(({ key, value }) => ({ Key: key, Value: value }));
