import { batchTooLarge, bucketNameRequired, descriptionTooLong, noRevision, revisionRequired } from "../errors.ts";
import { findApplication } from "../find.ts";
import { MAX_DESCRIPTION_LENGTH, MAX_IDS_IN_BATCH } from "../limits.ts";
import { page } from "../paging.ts";
import type { RevisionRecord } from "../records.ts";
import { checkRevision, findRevision, groupsAt, register } from "../revisions.ts";
import type { Operation, Room } from "../room.ts";
import { genericRevisionView, revisionView } from "../views.ts";

export const registerApplicationRevision =
  (room: Room): Operation<"RegisterApplicationRevision"> =>
  async (_ctx, { applicationName, description, revision }) => {
    const { name, platform } = findApplication(room, applicationName);
    if (!revision) throw revisionRequired();
    checkRevision(platform, revision);
    if ((description ?? "").length > MAX_DESCRIPTION_LENGTH) throw descriptionTooLong(MAX_DESCRIPTION_LENGTH);
    register(room, name, revision, description);
    return {};
  };

export const getApplicationRevision =
  (room: Room): Operation<"GetApplicationRevision"> =>
  async (_ctx, { applicationName, revision }) => {
    const { name } = findApplication(room, applicationName);
    if (!revision) throw revisionRequired();
    const found = findRevision(room, name, revision);
    if (!found) throw noRevision();
    return { applicationName: name, revision: found.location, revisionInfo: genericRevisionView(room, found) };
  };

export const batchGetApplicationRevisions =
  (room: Room): Operation<"BatchGetApplicationRevisions"> =>
  async (_ctx, { applicationName, revisions }) => {
    const { name } = findApplication(room, applicationName);
    if (revisions.length === 0) throw revisionRequired();
    if (revisions.length > MAX_IDS_IN_BATCH) throw batchTooLarge(MAX_IDS_IN_BATCH);
    const found = revisions.map((revision) => findRevision(room, name, revision));
    return {
      applicationName: name,
      revisions: found.flatMap((revision) => (revision ? [revisionView(room, revision)] : [])),
      ...(found.includes(undefined) ? { errorMessage: noRevision().message } : {}),
    };
  };

export const listApplicationRevisions =
  (room: Room): Operation<"ListApplicationRevisions"> =>
  async (_ctx, input) => {
    const { name } = findApplication(room, input.applicationName);
    const { s3Bucket, s3KeyPrefix = "", deployed = "ignore", sortBy = "registerTime", sortOrder = "ascending" } = input;
    if (s3KeyPrefix !== "" && !s3Bucket) throw bucketNameRequired();
    const timeOf = ({ registeredAt, firstUsedAt = 0, lastUsedAt = 0 }: RevisionRecord): number =>
      sortBy === "registerTime" ? registeredAt : sortBy === "firstUsedTime" ? firstUsedAt : lastUsedAt;
    const all = [...room.revisions.values({ prefix: [name] })]
      .filter(({ location: { s3Location } }) => s3Bucket === undefined || s3Location?.bucket === s3Bucket)
      .filter(({ location: { s3Location } }) => s3KeyPrefix === "" || s3Location?.key?.startsWith(s3KeyPrefix))
      .filter((each) => deployed === "ignore" || (deployed === "include") === groupsAt(room, each).length > 0)
      .sort((a, b) => (sortOrder === "ascending" ? timeOf(a) - timeOf(b) : timeOf(b) - timeOf(a)));
    const { items, ...next } = page(all, input.nextToken);
    return { revisions: items.map(({ location }) => location), ...next };
  };
