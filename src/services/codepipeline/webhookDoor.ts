import { createHmac, timingSafeEqual } from "node:crypto";
import { BlockList, isIP } from "node:net";
import { type HttpRequest, type HttpResponse, header } from "../../kernel/http.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { beginExecution } from "./begin.ts";
import { MAX_WEBHOOK_BYTES } from "./limits.ts";
import type { WebhookRecord } from "./records.ts";
import { openRoomOf, type Room } from "./room.ts";
import { passesFilters } from "./webhookFilters.ts";
import { WEBHOOKS } from "./webhookPath.ts";

/**
 * Takes in what a webhook is sent, when it shows what the webhook asks for, and starts its pipeline when it passes the
 * filters. https://docs.aws.amazon.com/codepipeline/latest/userguide/appendix-github-oauth.html
 */
export const acceptWebhook = async (
  request: HttpRequest,
  open: (account: string, region: string) => Promise<unknown>,
): Promise<HttpResponse> => {
  if (request.method !== "POST") return answer(405);
  const [account = "", region = "", token = ""] = request.path.slice(WEBHOOKS.length).split("/");
  const body = await readBody(request);
  if (body === undefined) return answer(413);
  const room = /^\d{12}$/.test(account) ? openRoomOf(await open(account, region)) : undefined;
  const webhook = room && [...room.tables.webhooks.range()].find(({ value }) => value.url.endsWith(`/${token}`))?.value;
  if (!room || !webhook || token === "") return answer(404);
  if (!isAuthentic(room, webhook, request, body)) return answer(403);
  const payload = parsed(body);
  if (payload === undefined) return answer(400);
  trigger(room, webhook, payload);
  await room.deps.records.committed();
  return answer(200);
};

const trigger = (room: Room, webhook: WebhookRecord, payload: JsonObject): void => {
  const { targetPipeline, targetAction } = webhook.definition;
  const pipeline = room.tables.pipelines.get(targetPipeline);
  const actions = pipeline?.declaration.stages.flatMap((stage) => stage.actions) ?? [];
  const action = actions.find(({ name }) => name === targetAction);
  if (!pipeline || !action || !passesFilters(webhook, payload, action.configuration ?? {})) return;
  room.tables.webhooks.put(webhook.name, { ...webhook, lastTriggeredAt: room.clock.now() });
  beginExecution(room, pipeline, { trigger: { type: "Webhook", detail: webhook.arn } });
};

const isAuthentic = (room: Room, webhook: WebhookRecord, request: HttpRequest, body: Buffer): boolean => {
  const { authentication, authenticationConfiguration } = webhook.definition;
  switch (authentication) {
    case "UNAUTHENTICATED":
      return true;
    case "IP":
      return isWithin(request.remoteAddress ?? "", authenticationConfiguration.AllowedIPRange ?? "");
    default: {
      const secret = webhook.sealedSecret === undefined ? "" : room.deps.cipher.open(webhook.sealedSecret).toString();
      const sha256 = header(request.headers, "x-hub-signature-256");
      const [algorithm, shown] = sha256 === undefined ? ["sha1", "x-hub-signature"] : ["sha256", "x-hub-signature-256"];
      const expected = `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;
      const given = Buffer.from(header(request.headers, shown) ?? "");
      return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
    }
  }
};

/** Whether an address is in a range such as `192.0.2.0/24`. */
const isWithin = (address: string, range: string): boolean => {
  const [network = "", bits] = range.split("/");
  const own = address.replace(/^::ffff:/, "");
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  if (isIP(network) === 0 || isIP(own) !== isIP(network)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits ?? (family === "ipv4" ? 32 : 128)), family);
  return list.check(own, family);
};

const answer = (status: number): HttpResponse => ({ status, headers: { "content-length": "0" } });

const readBody = async ({ body }: HttpRequest): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_WEBHOOK_BYTES) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};

const parsed = (body: Buffer): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Not JSON: refused.
    return undefined;
  }
};
