import { invalidArn, noSuchPipeline, resourceNotFound } from "../errors.ts";
import type { TagRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { checkTags } from "../tags.ts";

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (ctx, { resourceArn, tags }) => {
    changeTags(room, resourceArn, (old) => {
      const all = [
        ...old.filter(({ key }) => !tags.some((tag) => tag.key === key)),
        ...tags.map(({ key, value }) => ({ key, value })),
      ];
      checkTags(ctx, resourceArn, tags, all.length);
      return all;
    });
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (_ctx, { resourceArn, tagKeys }) => {
    changeTags(room, resourceArn, (old) => old.filter(({ key }) => !tagKeys.includes(key)));
    return {};
  };

export const listTagsForResource =
  (room: Room): Operation<"ListTagsForResource"> =>
  async (_ctx, { resourceArn }) => {
    let found: readonly TagRecord[] = [];
    changeTags(room, resourceArn, (old) => (found = old));
    return { tags: [...found] };
  };

/** Pipelines, webhooks and custom action types have tags. */
const changeTags = (
  { tables, deps }: Room,
  arn: string,
  change: (tags: readonly TagRecord[]) => readonly TagRecord[],
): void => {
  const [, , service, , , resource = "", name] = arn.split(":");
  if (service !== "codepipeline" || resource === "") throw invalidArn(arn);
  if (resource === "webhook") {
    const webhook = tables.webhooks.get(name ?? "");
    if (!webhook) throw resourceNotFound(arn);
    tables.webhooks.put(webhook.name, { ...webhook, tags: change(webhook.tags) });
    return;
  }
  if (resource === "actiontype") {
    const place = (name ?? "").split("/");
    const type = tables.actionTypes.get(place);
    if (!type || type.deleted) throw resourceNotFound(arn);
    tables.actionTypes.put(place, { ...type, tags: change(type.tags) });
    return;
  }
  const pipeline = tables.pipelines.get(resource);
  if (!pipeline) throw noSuchPipeline(deps.account, resource);
  tables.pipelines.put(pipeline.name, { ...pipeline, tags: change(pipeline.tags) });
};
