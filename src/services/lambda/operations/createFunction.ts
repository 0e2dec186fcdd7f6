import { NotImplemented } from "../../../kernel/errors.ts";
import { checkLayerRegions, newVersion } from "../configuration.ts";
import { conflict, invalidValue, nameTooLong } from "../errors.ts";
import { functionReference } from "../find.ts";
import { MAX_NAME_LENGTH } from "../limits.ts";
import type { FunctionRecord, VersionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { checkRuntime } from "../runtimes.ts";
import { configurationView, pendingView } from "../views.ts";
import { publish } from "./publishVersion.ts";
import { checkTags } from "./tags.ts";

export const createFunction =
  (room: Room): Operation<"CreateFunction"> =>
  async (ctx, input) => {
    const { name } = functionReference(ctx, input.FunctionName);
    if (name.length > MAX_NAME_LENGTH) throw nameTooLong(name);
    if (input.PackageType === "Image" || input.Code.ImageUri)
      throw new NotImplemented("lambda functions from container images");
    checkRuntime(input.Runtime);
    checkTags(input.Tags ?? {});
    checkLayerRegions(ctx, input.Layers ?? []);
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
    const shown = input.Publish ? publish(room, record, undefined) : latest;
    // AWS: the revision changes once more when the function is active; a version is answered by the function's ARN.
    return pendingView(configurationView(room, ctx, record, shown, undefined), room.ids.uuid());
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
