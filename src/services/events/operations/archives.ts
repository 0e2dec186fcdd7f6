import type { UpdateArchiveCommandInput } from "@aws-sdk/client-eventbridge";
import { dropArchiveRule, keepArchiveRule } from "../archiveRule.ts";
import { withoutExpired } from "../delivery/archive.ts";
import { archiveExists, archiveNotFound, validationError } from "../errors.ts";
import { findBus } from "../find.ts";
import { DEFAULT_PAGE_SIZE } from "../limits.ts";
import { nextOf, page } from "../paging.ts";
import type { ArchiveRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { checkPattern } from "./rules.ts";

export const createArchive =
  (room: Room): Operation<"CreateArchive"> =>
  async (ctx, input) => {
    if (room.archives.has(input.ArchiveName)) throw archiveExists(input.ArchiveName);
    const bus = findBus(room, input.EventSourceArn);
    checkPattern(input.EventPattern || undefined);
    const bare = {
      name: input.ArchiveName,
      arn: ctx.arn(`archive/${input.ArchiveName}`),
      busArn: bus.arn,
      bus: bus.name,
      retentionDays: input.RetentionDays ?? 0,
      createdAt: room.clock.now(),
      eventCount: 0,
      sizeBytes: 0,
    };
    const archive = withSettings(bare, input);
    room.archives.put(archive.name, archive);
    keepArchiveRule(room, archive);
    return { ArchiveArn: archive.arn, State: "ENABLED", CreationTime: new Date(archive.createdAt) };
  };

export const describeArchive =
  (room: Room): Operation<"DescribeArchive"> =>
  async (_ctx, { ArchiveName }) => {
    const archive = findArchive(room, ArchiveName);
    return {
      ...archiveView(archive),
      ArchiveArn: archive.arn,
      Description: archive.description,
      EventPattern: archive.eventPattern,
      KmsKeyIdentifier: archive.kmsKey,
    };
  };

export const listArchives =
  (room: Room): Operation<"ListArchives"> =>
  async (_ctx, { NamePrefix = "", EventSourceArn, State = "ENABLED", NextToken, Limit = DEFAULT_PAGE_SIZE }) => {
    if (EventSourceArn !== undefined) findBus(room, EventSourceArn);
    const wanted = [...room.archives.values()].filter(
      ({ name, busArn }) =>
        name.startsWith(NamePrefix) &&
        (EventSourceArn === undefined || busArn === EventSourceArn) &&
        State === "ENABLED",
    );
    const { items, ...next } = page(wanted, ({ name }) => name, NextToken, Limit);
    return { Archives: items.map(archiveView), ...nextOf(next) };
  };

export const updateArchive =
  (room: Room): Operation<"UpdateArchive"> =>
  async (_ctx, input) => {
    if ([input.EventPattern, input.RetentionDays, input.Description].every((each) => each === undefined)) {
      throw validationError("At least one of EventPattern, RetentionDays or Description must be provided.");
    }
    checkPattern(input.EventPattern || undefined);
    const archive = findArchive(room, input.ArchiveName);
    const retentionDays = input.RetentionDays ?? archive.retentionDays;
    const changed = withSettings({ ...archive, retentionDays }, input);
    room.archives.put(archive.name, withoutExpired(room, changed));
    keepArchiveRule(room, changed);
    return { ArchiveArn: archive.arn, State: "ENABLED", CreationTime: new Date(archive.createdAt) };
  };

export const deleteArchive =
  (room: Room): Operation<"DeleteArchive"> =>
  async (_ctx, { ArchiveName }) => {
    dropArchiveRule(room, findArchive(room, ArchiveName));
    room.archives.delete(ArchiveName);
    room.archived.clear({ prefix: [ArchiveName] });
    return {};
  };

const findArchive = (room: Room, name: string): ArchiveRecord => {
  const archive = room.archives.get(name);
  if (!archive) throw archiveNotFound(name);
  return withoutExpired(room, archive);
};

/** What an archive is with an input's settings; empty text takes away what there was. */
const withSettings = (
  { description = "", eventPattern = "", kmsKey = "", ...archive }: ArchiveRecord,
  input: Pick<UpdateArchiveCommandInput, "Description" | "EventPattern" | "KmsKeyIdentifier">,
): ArchiveRecord => {
  const texts = {
    description: input.Description ?? description,
    eventPattern: input.EventPattern ?? eventPattern,
    kmsKey: input.KmsKeyIdentifier ?? kmsKey,
  };
  return { ...archive, ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== "")) };
};

const archiveView = (archive: ArchiveRecord) => ({
  ArchiveName: archive.name,
  EventSourceArn: archive.busArn,
  State: "ENABLED" as const,
  RetentionDays: archive.retentionDays,
  SizeBytes: archive.sizeBytes,
  EventCount: archive.eventCount,
  CreationTime: new Date(archive.createdAt),
});
