import { invalidValue, revisionMismatch } from "../errors.ts";
import { findFunction } from "../find.ts";
import { page } from "../paging.ts";
import { type FunctionRecord, LATEST, type VersionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { refuseUnbuilt } from "../unbuilt.ts";
import { changeable, revisionOf } from "../updates.ts";
import { configurationView, listedView } from "../views.ts";

export const publishVersion =
  (room: Room): Operation<"PublishVersion"> =>
  async (ctx, input) => {
    refuseUnbuilt(input);
    const record = changeable(room, ctx, input.FunctionName);
    const { latest } = record;
    if (input.RevisionId !== undefined && input.RevisionId !== revisionOf(room, latest))
      throw revisionMismatch("GetFunction/GetAlias");
    if (input.CodeSha256 !== undefined && input.CodeSha256 !== latest.code.codeSha256) {
      throw invalidValue(
        `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${latest.code.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
      );
    }
    const version = publish(room, record, input.Description);
    return configurationView(room, ctx, record, version, version.version);
  };

/** AWS: a function that has not changed since its last version gets no new one. */
export const publish = (room: Room, record: FunctionRecord, description: string | undefined): VersionRecord => {
  const last = room.versions.get([record.name, record.nextVersion - 1]);
  if (last && sameCode(last, record.latest)) return last;
  const { runningRevisionId = record.latest.revisionId, update, ...own } = record.latest;
  const version: VersionRecord = {
    ...own,
    version: String(record.nextVersion),
    description: description ?? record.latest.description,
    latestDescription: record.latest.description,
    revisionId: room.ids.uuid(),
    ...(update ? { update } : {}),
  };
  room.blobs.hold(version.code.blob);
  room.versions.put([record.name, record.nextVersion], version);
  // AWS: to publish is a change of `$LATEST` too: it gets a new revision.
  const latest = { ...own, revisionId: room.ids.uuid(), runningRevisionId, ...(update ? { update } : {}) };
  room.functions.put(record.name, { ...record, latest, nextVersion: record.nextVersion + 1 });
  return version;
};

/** What a published version of an unchanged function is recognised by. */
const sameCode = (a: VersionRecord, b: VersionRecord): boolean => fingerprint(a) === fingerprint(b);

const fingerprint = ({ latestDescription, runningRevisionId: _, update: __, ...version }: VersionRecord): string =>
  JSON.stringify({
    ...version,
    version: LATEST,
    description: latestDescription ?? version.description,
    modifiedAt: 0,
    revisionId: "",
  });

export const listVersionsByFunction =
  (room: Room): Operation<"ListVersionsByFunction"> =>
  async (ctx, input) => {
    const record = findFunction(room, ctx, input.FunctionName);
    const published = [...room.versions.range({ prefix: [record.name] })].map(({ value }) => value);
    const { items, next } = page([record.latest, ...published], ({ version }) => version, input);
    return {
      Versions: items.map((version) => listedView(room, ctx, record, version, version.version || LATEST)),
      ...next,
    };
  };
