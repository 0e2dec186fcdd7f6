import { parseArn } from "../../kernel/arn.ts";
import type { Context } from "../../kernel/context.ts";
import { known } from "../../kernel/errors.ts";
import { invalidValue } from "./errors.ts";
import { ownLayerCode } from "./layerCode.ts";
import { MAX_LAYERS } from "./limits.ts";
import type { CodeRecord, LayerUse } from "./records.ts";
import type { Room } from "./room.ts";

/** AWS: this is looked at before anything else of a layer, and of the function. */
export const checkLayerRegions = ({ region }: Pick<Context, "region">, arns: readonly string[]): void => {
  if (arns.every((arn) => parseArn(arn)?.region === region)) return;
  throw invalidValue(
    `Layers are not in the same region as the function. Layers are expected to be in region ${region}.`,
  );
};

/** Takes over the code of other accounts' layers, as whoever gives them to a function: their policies must let them. */
export const takeOthersLayers = async (
  { keptLayers, blobs, account }: Pick<Room, "keptLayers" | "blobs" | "account">,
  ctx: Context,
  arns: readonly string[],
): Promise<void> => {
  for (const arn of arns) {
    if (accountOf(arn) === account) continue;
    const { Content: { CodeSha256, CodeSize } = {} } = await ctx.call("lambda", "GetLayerVersionByArn", { Arn: arn });
    if (keptLayers.has(arn)) continue;
    const codeSha256 = known(CodeSha256, "the layer's hash");
    const sha256 = Buffer.from(codeSha256, "base64").toString("hex");
    const code = { codeSha256, blob: { sha256, size: known(CodeSize, "the layer's size") } };
    blobs.hold(code.blob);
    keptLayers.put(arn, code);
  }
};

/** The layers of a function that is given these. */
export const layerUses = (
  room: Pick<Room, "layers" | "keptLayers" | "account">,
  ctx: Context,
  arns: readonly string[],
): LayerUse[] => {
  checkLayerRegions(ctx, arns);
  const used = new Map<string, string>();
  const uses = arns.map((arn) => {
    const code = accountOf(arn) === room.account ? ownLayerCode(room, arn) : room.keptLayers.get(arn);
    if (!code) throw invalidValue(`Layer version ${arn} does not exist.`);
    const layer = arn.slice(0, arn.lastIndexOf(":"));
    const other = used.get(layer);
    if (other !== undefined) {
      throw invalidValue(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${arn} are versions of the same layer.`,
      );
    }
    used.set(layer, arn);
    return { arn, codeSize: code.blob.size };
  });
  if (arns.length > MAX_LAYERS) throw invalidValue(`Cannot reference more than ${MAX_LAYERS} layers.`);
  return uses;
};

/** AWS: functions keep a layer that is deleted. */
export const keepUsedLayer = (room: Room, arn: string, code: CodeRecord): void => {
  const versions = [
    ...[...room.functions.range()].map(({ value }) => value.latest),
    ...[...room.versions.range()].map(({ value }) => value),
  ];
  if (versions.some(({ layers }) => layers.some((use) => use.arn === arn))) room.keptLayers.put(arn, code);
  else room.blobs.release(code.blob);
};

const accountOf = (arn: string): string | undefined => parseArn(arn)?.account;
