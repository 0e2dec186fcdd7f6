import type { Context } from "../../../kernel/context.ts";
import { configured, touched } from "../configuration.ts";
import { invalidValue, revisionMismatch } from "../errors.ts";
import { unqualified } from "../find.ts";
import { takeOthersLayers } from "../layerUses.ts";
import type { CodeRecord, FunctionRecord } from "../records.ts";
import { releaseVersion, retireVersion } from "../release.ts";
import { checkDeadLetters, checkTracing } from "../roleChecks.ts";
import type { Operation, Room } from "../room.ts";
import { checkRuntime } from "../runtimes.ts";
import { refuseUnbuilt } from "../unbuilt.ts";
import { changeable, revisionOf, updating } from "../updates.ts";
import { configurationView, pendingView } from "../views.ts";
import { refuseUnsigned } from "./codeSigning.ts";
import { trustedRole } from "./createFunction.ts";
import { publish } from "./publishVersion.ts";

export const updateFunctionCode =
  (room: Room): Operation<"UpdateFunctionCode"> =>
  async (ctx, input) => {
    const named = unqualified(ctx, input.FunctionName);
    refuseUnbuilt(input);
    const known = changeable(room, ctx, named);
    checkRevision(room, known, input.RevisionId);
    refuseUnsigned(room, known.codeSigningId);
    if (input.ImageUri)
      throw invalidValue("Please do not provide ImageUri when updating a function with packageType Zip.");
    const code = await room.code.take(ctx, input);
    const before = stillChangeable(room, ctx, named, code);
    const changed = touched(room, {
      ...before.latest,
      code,
      architectures: input.Architectures ?? before.latest.architectures,
    });
    if (input.DryRun) {
      room.blobs.release(code.blob);
      return configurationView(room, ctx, before, changed, undefined);
    }
    const latest = updating(room, changed);
    const record = { ...before, latest };
    room.functions.put(record.name, record);
    releaseVersion(room, record.name, before.latest);
    if (!input.Publish) return configurationView(room, ctx, record, latest, undefined);
    const published = publish(room, record, undefined);
    return pendingView(room, ctx, record, published, published.version);
  };

export const updateFunctionConfiguration =
  (room: Room): Operation<"UpdateFunctionConfiguration"> =>
  async (ctx, input) => {
    const named = unqualified(ctx, input.FunctionName);
    refuseUnbuilt(input);
    checkRuntime(input.Runtime);
    const known = changeable(room, ctx, named);
    checkRevision(room, known, input.RevisionId);
    if (input.Role !== undefined && input.Role !== known.latest.role) await trustedRole(room, input.Role, known.name);
    const role = input.Role ?? known.latest.role;
    await checkDeadLetters(room, { role, functionName: known.name, target: input.DeadLetterConfig?.TargetArn });
    await takeOthersLayers(room, ctx, input.Layers ?? []);
    await checkTracing(room, { role, functionName: known.name, mode: input.TracingConfig?.Mode });
    const before = changeable(room, ctx, named);
    const latest = updating(room, configured(room, ctx, before.latest, input));
    const record = { ...before, latest };
    room.functions.put(record.name, record);
    retireVersion(room, record.name, before.latest);
    return configurationView(room, ctx, record, latest, undefined);
  };

/** Another update may have begun while the code was taken. */
const stillChangeable = (room: Room, ctx: Context, named: string, code: CodeRecord): FunctionRecord => {
  try {
    return changeable(room, ctx, named);
  } catch (error) {
    room.blobs.release(code.blob);
    throw error;
  }
};

const checkRevision = (room: Pick<Room, "clock">, { latest }: FunctionRecord, revisionId: string | undefined): void => {
  if (revisionId !== undefined && revisionId !== revisionOf(room, latest))
    throw revisionMismatch("GetFunction/GetAlias");
};
