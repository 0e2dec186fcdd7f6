import { putPull } from "../pulls/tell.ts";
import { pullView } from "../pulls/view.ts";
import { type AskedOf, created, ok, type RepositoryRoute } from "./api.ts";
import { readJson, textsIn } from "./input.ts";
import { loginsFrom } from "./protection/readPushers.ts";
import { pullIn } from "./pullIn.ts";
import { sameLogin, unprocessable } from "./submitReview.ts";
import { OWNER_LOGIN, userView } from "./views.ts";

/** https://docs.github.com/en/rest/pulls/review-requests */
const listReviewers: RepositoryRoute[1] = async (asked) =>
  ok({ users: (pullIn(asked).reviewers ?? []).map((login) => userView(asked.room, login)), teams: [] });

const changeReviewers =
  (join: (before: readonly string[], given: readonly string[]) => readonly string[], action: string) =>
  async (asked: AskedOf) => {
    const pull = pullIn(asked);
    const given = loginsFrom(textsIn(await readJson(asked), "reviewers") ?? []);
    if (given.some((login) => sameLogin(login, pull.author ?? OWNER_LOGIN)))
      throw unprocessable("Review cannot be requested from pull request author.");
    const changed = { ...pull, reviewers: join(pull.reviewers ?? [], given), updatedAt: asked.room.clock.now() };
    await putPull(asked.room, asked.repository, changed, action);
    return pullView(asked.room, asked.repository, changed);
  };

const addReviewers = changeReviewers((before, given) => [...new Set([...before, ...given])], "review_requested");
const removeReviewers = changeReviewers(
  (before, given) => before.filter((login) => !given.includes(login)),
  "review_request_removed",
);

export const reviewerRoutes: readonly RepositoryRoute[] = [
  ["GET /pulls/*/requested_reviewers", listReviewers],
  ["POST /pulls/*/requested_reviewers", async (asked) => created(await addReviewers(asked))],
  ["DELETE /pulls/*/requested_reviewers", async (asked) => ok(await removeReviewers(asked))],
];
