import { defineResourceType } from "../../../kernel/resource.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html */
interface EventBusProperties {
  readonly Name: string;
  readonly Description?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

export const eventBusType = defineResourceType<EventBusProperties>({
  name: "AWS::Events::EventBus",
  create: async (ctx, desired) => {
    const own = new Map([
      ...Object.entries(ctx.tags),
      ...(desired.Tags ?? []).map(({ Key, Value }) => [Key, Value] as const),
    ]);
    const { EventBusArn = "" } = await ctx.call("events", "CreateEventBus", {
      Name: desired.Name,
      Description: desired.Description,
      Tags: [...own].map(([Key, Value]) => ({ Key, Value })),
    });
    return { physicalId: desired.Name, attributes: { Arn: EventBusArn, Name: desired.Name } };
  },
  delete: async (ctx, { physicalId }) => {
    await ctx.call("events", "DeleteEventBus", { Name: physicalId });
  },
});
