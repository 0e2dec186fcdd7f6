import { MASK } from "../declaration.ts";
import { tooMany, webhookNotFound } from "../errors.ts";
import { findPipeline } from "../find.ts";
import { MAX_WEBHOOKS } from "../limits.ts";
import { nameIn, pageOf } from "../paging.ts";
import type { WebhookRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { checkWebhook } from "../structure/checkWebhook.ts";
import { checkTags } from "../tags.ts";
import { WEBHOOKS } from "../webhookPath.ts";

export const putWebhook =
  (room: Room): Operation<"PutWebhook"> =>
  async (ctx, { webhook, tags = [] }) => {
    findPipeline(room, ctx, webhook.targetPipeline);
    checkWebhook(webhook);
    checkTags(ctx, ctx.arn("webhook", webhook.name), tags);
    const { SecretToken } = webhook.authenticationConfiguration;
    const before = room.tables.webhooks.get(webhook.name);
    if (!before && room.tables.webhooks.count({ limit: MAX_WEBHOOKS }) >= MAX_WEBHOOKS)
      throw tooMany("webhooks", MAX_WEBHOOKS);
    const record: WebhookRecord = {
      name: webhook.name,
      arn: ctx.arn("webhook", webhook.name),
      url: before?.url ?? webhookUrl(room),
      definition: {
        ...webhook,
        authenticationConfiguration: {
          ...webhook.authenticationConfiguration,
          ...(SecretToken === undefined ? {} : { SecretToken: MASK }),
        },
      },
      ...(SecretToken === undefined ? {} : { sealedSecret: room.deps.cipher.seal(SecretToken) }),
      registered: before?.registered ?? false,
      tags: tags.map(({ key, value }) => ({ key, value })),
    };
    room.tables.webhooks.put(record.name, record);
    return { webhook: webhookView(record) };
  };

const webhookUrl = ({ deps, ids }: Room): string =>
  `${deps.endpoint()}${WEBHOOKS}${deps.account}/${deps.region}/${ids.mixed(32)}`;

/** AWS: deleting a webhook that is not there succeeds. */
export const deleteWebhook =
  ({ tables }: Room): Operation<"DeleteWebhook"> =>
  async (_ctx, { name }) => {
    tables.webhooks.delete(name);
    return {};
  };

const setRegistered = ({ tables }: Room, name: string | undefined, registered: boolean): void => {
  const webhook = name === undefined ? undefined : tables.webhooks.get(name);
  if (!webhook) throw webhookNotFound(name ?? "");
  tables.webhooks.put(webhook.name, { ...webhook, registered });
};

/** The third party is this cloud's Git host, which tells of every push. */
export const registerWebhook =
  (room: Room): Operation<"RegisterWebhookWithThirdParty"> =>
  async (_ctx, { webhookName }) => {
    setRegistered(room, webhookName, true);
    return {};
  };

export const deregisterWebhook =
  (room: Room): Operation<"DeregisterWebhookWithThirdParty"> =>
  async (_ctx, { webhookName }) => {
    setRegistered(room, webhookName, false);
    return {};
  };

export const listWebhooks =
  ({ tables }: Room): Operation<"ListWebhooks"> =>
  async (_ctx, { NextToken, MaxResults }) => {
    const after = nameIn(NextToken);
    const all = [...tables.webhooks.range(after === undefined ? {} : { gt: after })].map(({ value }) => value);
    const { items, nextToken } = pageOf(all, ({ name }) => [name], MaxResults);
    return { webhooks: items.map(webhookView), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

const webhookView = ({ definition, url, arn, tags, lastTriggeredAt }: WebhookRecord) => ({
  definition,
  url,
  arn,
  tags: [...tags],
  ...(lastTriggeredAt === undefined ? {} : { lastTriggered: new Date(lastTriggeredAt) }),
});
