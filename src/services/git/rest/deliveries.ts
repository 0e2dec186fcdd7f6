import { keyOf } from "../../../engines/git/place.ts";
import type { DeliveryRecord } from "../records.ts";
import { redeliver } from "../webhooks/queue.ts";
import { type AskedOf, notFound, ok, type RepositoryRoute, refuse } from "./api.ts";
import { hookIn } from "./hookIn.ts";
import { addressOf, pageOf } from "./paging.ts";
import { numberOf } from "./views.ts";

/** https://docs.github.com/en/rest/repos/webhooks#list-deliveries-for-a-repository-webhook: by cursor, the newest first. */
const listDeliveries: RepositoryRoute[1] = async (asked) => {
  const { room, repository, query } = asked;
  const { id } = hookIn(asked);
  const { size } = pageOf(query);
  const before = Number(query.get("cursor") ?? Number.POSITIVE_INFINITY);
  if (Number.isNaN(before)) throw refuse(400, "Invalid cursor.");
  const tried = [...room.deliveries.values({ prefix: [...keyOf(repository), id], reverse: true })].filter(
    (delivery) => delivery.outcome && delivery.id < before,
  );
  const page = tried.slice(0, size);
  const last = page.at(-1);
  const next = new URLSearchParams(query);
  next.set("cursor", String(last?.id));
  return ok(
    page.map((delivery) => deliveryView(asked, delivery)),
    last && tried.length > size ? { link: `<${addressOf(asked, next)}>; rel="next"` } : {},
  );
};

const deliveryIn = (asked: AskedOf): DeliveryRecord => {
  const key = [...keyOf(asked.repository), hookIn(asked).id, Number(asked.params[1])];
  const delivery = asked.room.deliveries.get(key);
  if (!delivery) throw notFound();
  return delivery;
};

const getDelivery: RepositoryRoute[1] = async (asked) => {
  const delivery = deliveryIn(asked);
  const { outcome, requestHeaders = {}, payload } = delivery;
  return ok({
    ...deliveryView(asked, delivery),
    url: delivery.url,
    request: { headers: requestHeaders, payload: JSON.parse(payload) },
    response: { headers: outcome?.headers ?? {}, payload: outcome?.payload ?? "" },
  });
};

const attemptDelivery: RepositoryRoute[1] = async (asked) => {
  redeliver(asked.room, asked.repository, hookIn(asked), deliveryIn(asked));
  return { status: 202, body: {} };
};

const deliveryView = ({ repository }: AskedOf, delivery: DeliveryRecord) => {
  const { id, guid, createdAt, redelivery, event, action, outcome } = delivery;
  return {
    id,
    guid,
    delivered_at: new Date(createdAt).toISOString(),
    redelivery,
    duration: outcome?.duration ?? 0,
    status: outcome?.status ?? "pending",
    status_code: outcome?.statusCode ?? 0,
    event,
    action,
    installation_id: null,
    repository_id: numberOf(`${repository.owner}/${repository.name}`.toLowerCase()),
    throttled_at: null,
  };
};

export const deliveryRoutes: readonly RepositoryRoute[] = [
  ["GET /hooks/*/deliveries", listDeliveries],
  ["GET /hooks/*/deliveries/*", getDelivery],
  ["POST /hooks/*/deliveries/*/attempts", attemptDelivery],
];
