import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { capitalized, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import { MASK } from "../declaration.ts";

/** A pipeline as it is now, in the words of its template; undefined when it is gone. */
export const readPipeline = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const asked = ctx.call("codepipeline", "GetPipeline", { name: physicalId });
  const pipeline = (await unlessMissing(asked, "PipelineNotFoundException"))?.pipeline;
  if (!pipeline) return undefined;
  const { stageStates = [] } = await ctx.call("codepipeline", "GetPipelineState", { name: physicalId });
  const resourceArn = `arn:${ctx.partition}:codepipeline:${ctx.region}:${ctx.account}:${physicalId}`;
  const { tags } = await ctx.call("codepipeline", "ListTagsForResource", { resourceArn });
  const { Stages = [], ArtifactStores, ...rest } = capitalized(pipeline, ["configuration"]);
  const properties = {
    ...rest,
    ...(isJsonObject(ArtifactStores)
      ? { ArtifactStores: Object.entries(ArtifactStores).map(([Region, ArtifactStore]) => ({ Region, ArtifactStore })) }
      : {}),
    Stages: unmasked(Stages, given["Stages"]),
    DisableInboundStageTransitions: stageStates
      .filter(({ inboundTransitionState }) => inboundTransitionState?.enabled === false)
      .map(({ stageName = "", inboundTransitionState }) => ({
        StageName: stageName,
        Reason: inboundTransitionState?.disabledReason ?? "",
      })),
    Tags: tagList(tags).map(({ Key, Value }) => ({ Key, Value })),
  };
  const attributes = { Version: String(pipeline.version ?? 1) };
  return { physicalId, attributes, properties, unread: ["RestartExecutionOnUpdate"] };
};

/** AWS: secrets of a configuration are not told; what the template says of them stands. */
const unmasked = (there: JsonValue, given: JsonValue | undefined): JsonValue => {
  if (there === MASK && given !== undefined) return given;
  if (Array.isArray(there)) {
    const list = Array.isArray(given) ? given : [];
    return there.map((item) =>
      unmasked(
        item,
        list.find((other) => nameOf(other) === nameOf(item)),
      ),
    );
  }
  if (!isJsonObject(there)) return there;
  const asked = isJsonObject(given) ? given : {};
  return Object.fromEntries(Object.entries(there).map(([key, value]) => [key, unmasked(value, asked[key])]));
};

const nameOf = (item: JsonValue): JsonValue | undefined => (isJsonObject(item) ? item["Name"] : undefined);
