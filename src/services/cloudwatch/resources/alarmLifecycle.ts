import type { ResourceContext, ResourceType } from "../../../kernel/resource.ts";
import { plain, tagList } from "../../../kernel/resourceReading.ts";
import { resourceTags, type TagList } from "../../../kernel/resourceTags.ts";
import { alarmArn, alarmAttributes, changeTags } from "./stackTags.ts";

interface AlarmProperties {
  readonly AlarmName?: string;
  readonly Tags?: TagList;
}

interface AlarmCalls<P extends AlarmProperties> {
  /** Makes an alarm of this kind, or puts it as it should be. */
  readonly put: (
    ctx: ResourceContext,
    input: Omit<P, "Tags"> & { AlarmName: string; Tags: ReturnType<typeof resourceTags> },
  ) => Promise<unknown>;
  /** The alarm of this kind and name, as it is described. */
  readonly describe: (ctx: ResourceContext, name: string) => Promise<object | undefined>;
  /** Properties of the type that alarms here do not have. */
  readonly unread: readonly string[];
}

/** Alarms and composite alarms are named, tagged, deleted and read alike; only how they are put and described differs. */
export const alarmLifecycle = <P extends AlarmProperties>({ put, describe, unread }: AlarmCalls<P>) =>
  ({
    create: async (ctx, desired) => {
      const name = desired.AlarmName ?? ctx.physicalName({ maxLength: 255 });
      await put(ctx, { ...desired, AlarmName: name, Tags: resourceTags(ctx, desired.Tags) });
      return { physicalId: name, attributes: alarmAttributes(ctx, name) };
    },
    update: async (ctx, { physicalId, attributes, properties }, desired) => {
      await put(ctx, { ...desired, AlarmName: physicalId, Tags: resourceTags(ctx, desired.Tags) });
      await changeTags(ctx, alarmArn(ctx, physicalId), properties.Tags, desired.Tags);
      return { physicalId, attributes };
    },
    // AWS: deleting an alarm that is gone is no error.
    delete: async (ctx, { physicalId }) => {
      await ctx.call("cloudwatch", "DeleteAlarms", { AlarmNames: [physicalId] });
    },
    read: async (ctx, physicalId) => {
      const alarm = await describe(ctx, physicalId);
      if (!alarm) return undefined;
      const attributes = alarmAttributes(ctx, physicalId);
      const { Tags } = await ctx.call("cloudwatch", "ListTagsForResource", { ResourceARN: attributes.Arn });
      return { physicalId, attributes, properties: plain({ ...alarm, Tags: tagList(Tags) }), unread };
    },
  }) satisfies Omit<ResourceType<P>, "name">;
