import type { Runtime } from "@aws-sdk/client-lambda";
import { parseArn } from "../../../kernel/arn.ts";
import type { Context } from "../../../kernel/context.ts";
import { codeLink } from "../codeDoor.ts";
import { invalidValue, noSuchResource, otherAccount } from "../errors.ts";
import { keepUsedLayer } from "../layerUses.ts";
import { page } from "../paging.ts";
import type { LayerRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lambdaTime } from "../views.ts";

export const publishLayerVersion =
  (room: Room): Operation<"PublishLayerVersion"> =>
  async (ctx, input) => {
    const layerName = layerNameOf(ctx, input.LayerName);
    const code = await room.code.take(ctx, input.Content);
    const version = (room.layerCounts.get(layerName) ?? 0) + 1;
    const layer: LayerRecord = {
      layerName,
      version,
      description: input.Description ?? "",
      ...(input.LicenseInfo === undefined ? {} : { license: input.LicenseInfo }),
      ...(input.CompatibleRuntimes ? { runtimes: input.CompatibleRuntimes } : {}),
      ...(input.CompatibleArchitectures ? { architectures: input.CompatibleArchitectures } : {}),
      code,
      createdAt: room.clock.now(),
    };
    room.layerCounts.put(layerName, version);
    room.layers.put([layerName, version], layer);
    return layerView(room, ctx, layer);
  };

export const getLayerVersion =
  (room: Room): Operation<"GetLayerVersion"> =>
  async (ctx, input) =>
    layerView(room, ctx, findLayer(room, layerNameOf(ctx, input.LayerName), input.VersionNumber));

export const getLayerVersionByArn =
  (room: Room): Operation<"GetLayerVersionByArn"> =>
  async (ctx, { Arn }) => {
    const [, name = "", version] = parseArn(Arn)?.resource.split(":") ?? [];
    if (version === undefined) throw invalidValue(`Invalid layer version ARN: ${Arn}`);
    return layerView(room, ctx, findLayer(room, name, Number(version)));
  };

export const deleteLayerVersion =
  (room: Room): Operation<"DeleteLayerVersion"> =>
  async (ctx, input) => {
    checkVersion(input.VersionNumber);
    const layerName = layerNameOf(ctx, input.LayerName);
    const key = [layerName, input.VersionNumber];
    const layer = room.layers.get(key);
    if (layer) keepUsedLayer(room, layerVersionArn(ctx, layerName, input.VersionNumber), layer.code);
    room.layers.delete(key);
    room.layerPolicies.delete(key);
    return {};
  };

export const listLayerVersions =
  (room: Room): Operation<"ListLayerVersions"> =>
  async (ctx, input) => {
    const all = [...room.layers.range({ prefix: [layerNameOf(ctx, input.LayerName)], reverse: true })].map(
      ({ value }) => value,
    );
    const kept = all.filter((layer) => suits(layer, input.CompatibleRuntime));
    const { items, next } = page(kept, ({ version }) => String(version), input);
    return {
      LayerVersions: items.map((layer) => summaryView(ctx, layer)),
      ...next,
    };
  };

export const listLayers =
  (room: Room): Operation<"ListLayers"> =>
  async (ctx, input) => {
    const latest = new Map<string, LayerRecord>();
    for (const { value } of room.layers.range())
      if (suits(value, input.CompatibleRuntime)) latest.set(value.layerName, value);
    const { items, next } = page(latest.values(), ({ layerName }) => layerName, input);
    return {
      Layers: items.map((layer) => ({
        LayerName: layer.layerName,
        LayerArn: layerArn(ctx, layer.layerName),
        LatestMatchingVersion: summaryView(ctx, layer),
      })),
      ...next,
    };
  };

const suits = ({ runtimes = [] }: LayerRecord, runtime: Runtime | undefined): boolean =>
  runtime === undefined || runtimes.includes(runtime);

/** The name of a layer of the account that is asked. AWS: what no policy can let other accounts do is refused as if none did. */
export const layerNameOf = (ctx: Context, named: string): string => {
  const arn = parseArn(named);
  if (arn && arn.account !== ctx.account) throw otherAccount(named);
  return arn?.resource.split(":")[1] ?? named;
};

const layerArn = (ctx: Context, name: string): string =>
  `arn:${ctx.partition}:lambda:${ctx.region}:${ctx.account}:layer:${name}`;

export const layerVersionArn = (ctx: Context, name: string, version: number): string =>
  `${layerArn(ctx, name)}:${version}`;

const findLayer = ({ layers }: Room, name: string, version: number): LayerRecord => {
  const layer = layers.get([name, version]);
  if (layer) return layer;
  checkVersion(version);
  throw noSuchResource();
};

const checkVersion = (version: number): void => {
  if (version < 1) throw invalidValue("Layer Version Cannot be less than 1");
};

const summaryView = (ctx: Context, layer: LayerRecord) => ({
  LayerVersionArn: layerVersionArn(ctx, layer.layerName, layer.version),
  Version: layer.version,
  Description: layer.description,
  CreatedDate: lambdaTime(layer.createdAt),
  // AWS: an empty list that was given is shown, one that was not is left out.
  ...(layer.runtimes ? { CompatibleRuntimes: [...layer.runtimes] } : {}),
  ...(layer.architectures ? { CompatibleArchitectures: [...layer.architectures] } : {}),
  ...(layer.license === undefined ? {} : { LicenseInfo: layer.license }),
});

const layerView = (room: Room, ctx: Context, layer: LayerRecord) => ({
  ...summaryView(ctx, layer),
  LayerArn: layerArn(ctx, layer.layerName),
  Content: {
    Location: codeLink(room, layer.code.blob),
    CodeSha256: layer.code.codeSha256,
    CodeSize: layer.code.blob.size,
  },
});
