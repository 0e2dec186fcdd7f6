import type { FrontDoor } from "../../kernel/http.ts";
import { WEBHOOKS } from "./webhookPath.ts";

/** The door for what webhooks are sent; what takes it in is loaded with the first. `open` opens the room of an account and region. */
export const codePipelineDoor =
  (open: (account: string, region: string) => Promise<unknown>): FrontDoor =>
  (request) =>
    request.path.startsWith(WEBHOOKS)
      ? import("./webhookDoor.ts").then(({ acceptWebhook }) => acceptWebhook(request, open))
      : undefined;
