import { filesBetween } from "../../../../engines/git/diff.ts";
import { peel } from "../../../../engines/git/revisions.ts";
import type { JsonObject } from "../../../../kernel/json.ts";
import type { LinePlace, PullRecord } from "../../records.ts";
import { type AskedOf, invalid } from "../api.ts";
import { optionalTextIn, textIn } from "../input.ts";
import { partedAt } from "../pullIn.ts";
import { lineAt, lineAtPosition, type Side } from "./hunks.ts";

const wrong = (field: string, message: string) => invalid("PullRequestReviewComment", field, "custom", message);

/**
 * Where a remark is to stand, which must be in the pull request's diff: on a file, a line or some of them.
 * https://docs.github.com/en/rest/pulls/comments#create-a-review-comment-for-a-pull-request
 */
export const placeIn = async (
  asked: AskedOf,
  pull: PullRecord,
  body: JsonObject,
  commit: string,
): Promise<LinePlace> => {
  const path = textIn(body, "path");
  if ((await peel(asked.room, asked.repository, commit)) === undefined)
    throw wrong("commit_id", "commit_id is not part of the pull request");
  const changes = await filesBetween(asked.room, asked.repository, await partedAt(asked, pull), commit);
  const change = changes.find((each) => each.path === path);
  if (!change)
    throw wrong("pull_request_review_thread.path", "pull_request_review_thread.path is not part of the diff");
  const patch = change.patch ?? "";
  if (body["subject_type"] === "file") return { path, commit, subjectType: "file", side: "RIGHT", hunk: "" };
  const side = sideIn(body, "side") ?? "RIGHT";
  const [line, position] = [numberIn(body, "line"), numberIn(body, "position")];
  const found = line === undefined ? position && lineAtPosition(patch, position) : lineAt(patch, line, side);
  if (!found)
    throw wrong("pull_request_review_thread.line", "pull_request_review_thread.line must be part of the diff");
  const startLine = numberIn(body, "start_line");
  const startSide = sideIn(body, "start_side") ?? side;
  const start = startLine === undefined ? undefined : lineAt(patch, startLine, startSide);
  if (startLine !== undefined && (!start || start.position >= found.position))
    throw wrong("pull_request_review_thread.start_line", "start_line must precede the end line.");
  const on: Side = line === undefined && found.RIGHT === undefined ? "LEFT" : side;
  return {
    path,
    commit,
    subjectType: "line",
    side: on,
    line: found[on],
    position: found.position,
    hunk: found.hunk,
    ...(startLine === undefined ? {} : { startLine, startSide }),
  };
};

const numberIn = (body: JsonObject, name: string): number | undefined => {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw invalid("PullRequestReviewComment", name, "invalid");
};

const sideIn = (body: JsonObject, name: string): Side | undefined => {
  const value = optionalTextIn(body, name)?.toUpperCase();
  if (value === undefined || value === "LEFT" || value === "RIGHT") return value;
  throw invalid("PullRequestReviewComment", name, "invalid");
};
