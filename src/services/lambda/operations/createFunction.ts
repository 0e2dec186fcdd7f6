import { NotImplemented } from "../../../kernel/errors.ts";
import { newVersion } from "../configuration.ts";
import { conflict, invalidValue } from "../errors.ts";
import { functionReference } from "../find.ts";
import { type FunctionRecord, LATEST, type VersionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { configurationView, pendingView } from "../views.ts";

export const createFunction =
  (room: Room): Operation<"CreateFunction"> =>
  async (ctx, input) => {
    const { name } = functionReference(input.FunctionName);
    if (input.PackageType === "Image" || input.Code.ImageUri)
      throw new NotImplemented("lambda functions from container images");
    if (room.functions.has(name)) throw conflict(`Function already exist: ${name}`);
    await trustedRole(room, input.Role, name);
    const code = await room.code.take(ctx, input.Code);
    const latest: VersionRecord = {
      ...newVersion(room, ctx, name, code, input),
      architectures: input.Architectures ?? ["x86_64"],
    };
    const record: FunctionRecord = { name, latest, nextVersion: 1, tags: { ...input.Tags } };
    room.functions.put(name, record);
    if (latest.runtime.startsWith("nodejs")) void room.engine.prepare();
    if (!input.Publish) return pendingView(configurationView(room, ctx, record, latest, undefined));
    const published = { ...latest, version: "1" };
    room.blobs.hold(code.blob);
    room.versions.put([name, 1], published);
    room.functions.put(name, { ...record, nextVersion: 2 });
    return pendingView(configurationView(room, ctx, record, published, "1"));
  };

/** AWS: a role must be one that Lambda may assume before a function gets it. */
export const trustedRole = async (
  { assumeRole }: Pick<Room, "assumeRole">,
  roleArn: string,
  name: string,
): Promise<void> => {
  try {
    await assumeRole(roleArn, name);
  } catch (error) {
    if (error instanceof NotImplemented) throw error;
    throw invalidValue("The role defined for the function cannot be assumed by Lambda.");
  }
};

/** What a published version of an unchanged function is recognised by. */
export const sameCode = (a: VersionRecord, b: VersionRecord): boolean => fingerprint(a) === fingerprint(b);

const fingerprint = (version: VersionRecord): string =>
  JSON.stringify({ ...version, version: LATEST, description: "", modifiedAt: 0, revisionId: "" });
