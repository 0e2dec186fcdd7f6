import { invalidRevision } from "./errors.ts";
import { latestOf } from "./find.ts";
import type { Platform, Revision, RevisionRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Throws AWS's refusal of a revision that cannot be deployed to a platform, or lacks its location. */
export const checkRevision = (platform: Platform, revision: Revision): void => {
  const { revisionType, s3Location, gitHubLocation, string, appSpecContent } = revision;
  switch (revisionType) {
    case "S3":
      if (!s3Location?.bucket || !s3Location.key)
        throw invalidRevision("The S3 location must have a bucket and a key.");
      if (platform !== "Server" && s3Location.bundleType !== "YAML" && s3Location.bundleType !== "JSON")
        throw invalidRevision("BundleType must be either YAML or JSON");
      return;
    case "GitHub":
      if (platform !== "Server")
        throw invalidRevision(`Revisions in GitHub are not supported for the ${platform} compute platform.`);
      if (!gitHubLocation?.repository || !gitHubLocation.commitId)
        throw invalidRevision("The GitHub location must have a repository and a commit ID.");
      return;
    case "String":
    case "AppSpecContent":
      if (platform === "Server")
        throw invalidRevision("The AppSpec's content cannot be the revision for the Server compute platform.");
      if (!string?.content && !appSpecContent?.content) throw invalidRevision("The content of the AppSpec is missing.");
      return;
    default:
      throw invalidRevision("The revision type must be S3, GitHub, String or AppSpecContent.");
  }
};

/** What tells revisions apart. */
const keyOf = (application: string, revision: Revision): readonly [string, string] => {
  const { s3Location: s3, gitHubLocation: git, string, appSpecContent } = revision;
  const place = s3
    ? [s3.bucket, s3.key, s3.bundleType, s3.version, s3.eTag]
    : git
      ? [git.repository, git.commitId]
      : [string?.content ?? appSpecContent?.content];
  return [application, JSON.stringify([revision.revisionType, ...place])];
};

export const findRevision = ({ revisions }: Pick<Room, "revisions">, application: string, revision: Revision) =>
  revisions.get(keyOf(application, revision));

type Means = Pick<Room, "revisions" | "deps">;

export const register = (room: Means, application: string, location: Revision, description?: string): void => {
  const before = findRevision(room, application, location);
  room.revisions.put(keyOf(application, location), {
    ...(before ?? { application, location, registeredAt: room.deps.clock.now() }),
    ...(description === undefined ? {} : { description }),
  });
};

/** AWS: what is deployed is registered thereby. */
export const noteUse = (room: Means, application: string, location: Revision): void => {
  const now = room.deps.clock.now();
  const before = findRevision(room, application, location);
  room.revisions.put(keyOf(application, location), {
    firstUsedAt: now,
    ...(before ?? { application, location, registeredAt: now }),
    lastUsedAt: now,
  });
};

/** The application's groups whose last good deployment was of a revision. */
export const groupsAt = (room: Room, { application, location }: RevisionRecord): readonly string[] => {
  const [, wanted] = keyOf(application, location);
  return [...room.groups.values({ prefix: [application] })]
    .filter((group) => {
      const last = latestOf(room, group, ({ status }) => status === "Succeeded");
      return last !== undefined && keyOf(application, last.revision)[1] === wanted;
    })
    .map(({ name }) => name);
};
