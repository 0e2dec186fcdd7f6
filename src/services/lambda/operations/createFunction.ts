import { parseArn } from "../../../kernel/arn.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import type { CodeSource } from "../code.ts";
import { newVersion } from "../configuration.ts";
import { conflict, createRequestTooLarge, invalidValue, nameTooLong, othersRole } from "../errors.ts";
import { functionReference } from "../find.ts";
import { checkLayerRegions, takeOthersLayers } from "../layerUses.ts";
import { MAX_CREATE_REQUEST_BYTES, MAX_INLINE_ZIP_BYTES, MAX_NAME_LENGTH } from "../limits.ts";
import type { FunctionRecord, VersionRecord } from "../records.ts";
import { checkDeadLetters, checkTracing } from "../roleChecks.ts";
import type { Operation, Room } from "../room.ts";
import { checkRuntime } from "../runtimes.ts";
import { refuseUnbuilt } from "../unbuilt.ts";
import { pendingView } from "../views.ts";
import { codeSigningOf, refuseUnsigned } from "./codeSigning.ts";
import { publish } from "./publishVersion.ts";
import { checkTags } from "./tags.ts";

export const createFunction =
  (room: Room): Operation<"CreateFunction"> =>
  async (ctx, input) => {
    const { name } = functionReference(ctx, input.FunctionName);
    if (name.length > MAX_NAME_LENGTH) throw nameTooLong(name);
    if (input.PackageType === "Image" || input.Code.ImageUri)
      throw new NotImplemented("lambda functions from container images");
    refuseUnbuilt(input);
    checkRuntime(input.Runtime);
    checkTags(input.Tags ?? {});
    checkLayerRegions(ctx, input.Layers ?? []);
    if (room.functions.has(name)) throw conflict(`Function already exist: ${name}`);
    checkRequestSize(input);
    await trustedRole(room, input.Role, name);
    await checkDeadLetters(room, { role: input.Role, functionName: name, target: input.DeadLetterConfig?.TargetArn });
    await takeOthersLayers(room, ctx, input.Layers ?? []);
    await checkTracing(room, { role: input.Role, functionName: name, mode: input.TracingConfig?.Mode });
    const codeSigningId = input.CodeSigningConfigArn && codeSigningOf(room, input.CodeSigningConfigArn).id;
    refuseUnsigned(room, codeSigningId);
    const code = await room.code.take(ctx, input.Code);
    const latest: VersionRecord = {
      ...newVersion(room, ctx, name, code, input),
      architectures: input.Architectures ?? ["x86_64"],
    };
    const record: FunctionRecord = {
      name,
      latest,
      nextVersion: 1,
      tags: { ...input.Tags },
      ...(codeSigningId ? { codeSigningId } : {}),
    };
    room.functions.put(name, record);
    if (latest.runtime.startsWith("nodejs")) void room.engine.prepare();
    const shown = input.Publish ? publish(room, record, undefined) : latest;
    // AWS: the revision changes once more when the function is active; a version is answered by the function's ARN.
    return { ...pendingView(room, ctx, record, shown, undefined), RevisionId: room.ids.uuid() };
  };

/** AWS: a package that is too large by itself is told first, which is when its code is taken. */
const checkRequestSize = ({ Code: { ZipFile, ...code }, ...input }: { readonly Code: CodeSource }): void => {
  const zipBytes = ZipFile?.length ?? 0;
  const bytes = Math.ceil(zipBytes / 3) * 4 + Buffer.byteLength(JSON.stringify({ ...input, Code: code }));
  if (zipBytes <= MAX_INLINE_ZIP_BYTES && bytes > MAX_CREATE_REQUEST_BYTES) {
    throw createRequestTooLarge(MAX_CREATE_REQUEST_BYTES);
  }
};

/** AWS: a role must be one that Lambda may assume before a function gets it. */
export const trustedRole = async (
  { assumeRole, account }: Pick<Room, "assumeRole" | "account">,
  roleArn: string,
  name: string,
): Promise<void> => {
  if (parseArn(roleArn)?.account !== account) throw othersRole();
  try {
    await assumeRole(roleArn, name);
  } catch (error) {
    if (error instanceof NotImplemented) throw error;
    throw invalidValue("The role defined for the function cannot be assumed by Lambda.");
  }
};
