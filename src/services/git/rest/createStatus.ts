import { addStatus, checkStatusRoom } from "../statuses.ts";
import { tellStatus } from "../webhooks/events.ts";
import { created, invalid, type RepositoryRoute } from "./api.ts";
import { resolveCommit } from "./commits.ts";
import { optionalTextIn, readJson, textIn } from "./input.ts";
import { statusView } from "./views.ts";

const STATES = ["error", "failure", "pending", "success"] as const;
const MAX_CONTEXT = 255;
const MAX_DESCRIPTION = 140;

/** https://docs.github.com/en/rest/commits/statuses#create-a-commit-status */
export const createStatus: RepositoryRoute[1] = async (asked) => {
  const { room, repository, params } = asked;
  const body = await readJson(asked);
  const given = textIn(body, "state");
  const state = STATES.find((each) => each === given);
  if (!state) throw invalid("Status", "state", "custom", "state is not included in the list");
  const description = optionalTextIn(body, "description");
  if ((description ?? "").length > MAX_DESCRIPTION)
    throw invalid(
      "Status",
      "description",
      "custom",
      `description is too long (maximum is ${MAX_DESCRIPTION} characters)`,
    );
  const context = optionalTextIn(body, "context") || "default";
  if (context.length > MAX_CONTEXT)
    throw invalid("Status", "context", "custom", `context is too long (maximum is ${MAX_CONTEXT} characters)`);
  const targetUrl = optionalTextIn(body, "target_url");
  if (targetUrl && !/^https?:\/\/\S+$/.test(targetUrl))
    throw invalid("Status", "target_url", "custom", "target_url must use http(s) scheme");
  const commit = await resolveCommit(asked, params[0] ?? "");
  checkStatusRoom(room, repository, commit);
  const status = addStatus(room, repository, commit, { context, state, description, targetUrl });
  await tellStatus(room, repository, commit, status);
  return created(statusView(room, repository, commit, status));
};
