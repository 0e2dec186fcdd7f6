import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { app, type OctokitFixture, octokitFixture } from "../testOctokit.ts";

let fixture: OctokitFixture;
let pull: { owner: string; repo: string; pull_number: number };
let head = "";

beforeEach(async () => {
  fixture = await octokitFixture();
  head = await fixture.branchWith("work", "work.txt", "one\ntwo\nthree\n");
  const { data } = await fixture.as("ann").pulls.create({ ...app, title: "Work", head: "work", base: "main" });
  pull = { ...app, pull_number: data.number };
});
afterEach(() => fixture[Symbol.asyncDispose]());

const on = (line: number, more: object = {}) => ({ ...pull, commit_id: head, path: "work.txt", line, ...more });
const remark = async (line: number, body: string, more: object = {}) =>
  (await fixture.as("bob").pulls.createReviewComment({ ...on(line, more), body })).data;
const bodies = async () => (await fixture.octokit.pulls.listReviewComments(pull)).data.map(({ body }) => body);

describe("a remark on a line", () => {
  it("stands in the diff, is a review of its own, and is answered, changed and taken back", async () => {
    const made = await remark(2, "why?");
    expect(made).toMatchObject({
      path: "work.txt",
      line: 2,
      side: "RIGHT",
      position: 2,
      original_line: 2,
      commit_id: head,
      subject_type: "line",
      diff_hunk: "@@ -0,0 +1,3 @@\n+one\n+two",
      user: { login: "bob" },
      _links: { pull_request: { href: expect.stringMatching(/\/pulls\/\d+$/) } },
    });
    const { data: reviews } = await fixture.octokit.pulls.listReviews(pull);
    expect(reviews).toMatchObject([{ id: made.pull_request_review_id, state: "COMMENTED", body: "" }]);
    const answered = await fixture.as("ann").pulls.createReplyForReviewComment({
      ...{ ...pull, comment_id: made.id },
      body: "so",
    });
    expect(answered.data).toMatchObject({ in_reply_to_id: made.id, path: "work.txt", line: 2 });
    const again = await fixture.as("bob").pulls.createReplyForReviewComment({
      ...{ ...pull, comment_id: answered.data.id },
      body: "ah",
    });
    expect(again.data.in_reply_to_id).toBe(made.id);
    await fixture.octokit.pulls.updateReviewComment({ ...app, comment_id: made.id, body: "why so?" });
    expect(await bodies()).toEqual(["why so?", "so", "ah"]);
    expect((await fixture.octokit.pulls.listReviewCommentsForRepo(app)).data).toHaveLength(3);
    expect((await fixture.octokit.pulls.get(pull)).data.review_comments).toBe(3);
    await fixture.octokit.pulls.deleteReviewComment({ ...app, comment_id: made.id });
    const gone = fixture.octokit.pulls.getReviewComment({ ...app, comment_id: made.id });
    await expect(gone).rejects.toMatchObject({ status: 404 });
  });

  it("may be on several lines, a position of the diff, or the whole file", async () => {
    expect(await remark(3, "these", { start_line: 1 })).toMatchObject({ start_line: 1, start_side: "RIGHT", line: 3 });
    const { line: _, ...place } = on(0);
    const bob = fixture.as("bob").pulls;
    expect((await bob.createReviewComment({ ...place, position: 1, body: "here" })).data.line).toBe(1);
    const file = await bob.createReviewComment({ ...place, subject_type: "file", body: "all" });
    expect(file.data).toMatchObject({ subject_type: "file", line: null, position: null });
  });

  it("is outdated once its file has changed", async () => {
    const { id } = await remark(2, "why?");
    const { data } = await fixture.octokit.repos.getContent({ ...app, path: "work.txt", ref: "work" });
    const sha = "sha" in data ? data.sha : "";
    const file = { ...app, branch: "work", path: "work.txt", message: "less", content: "b25lCg==", sha };
    await fixture.octokit.repos.createOrUpdateFileContents(file);
    const { data: found } = await fixture.octokit.pulls.getReviewComment({ ...app, comment_id: id });
    expect(found).toMatchObject({ line: null, position: null, original_line: 2, original_commit_id: head });
  });

  it("is refused where there is no such line, file or commit", async () => {
    const refused = (field: string) => ({ status: 422, message: expect.stringContaining(field) });
    await expect(remark(4, "x")).rejects.toMatchObject(refused("pull_request_review_thread.line"));
    await expect(remark(1, "x", { path: "none" })).rejects.toMatchObject(refused("pull_request_review_thread.path"));
    await expect(remark(1, "x", { start_line: 2 })).rejects.toMatchObject(refused("start_line must precede"));
    await expect(remark(1, "x", { commit_id: "0".repeat(40) })).rejects.toMatchObject(refused("commit_id"));
    const nobodys = { ...pull, comment_id: 99, body: "x" };
    await expect(fixture.octokit.pulls.createReplyForReviewComment(nobodys)).rejects.toMatchObject({ status: 404 });
  });
});

describe("a review that brings remarks along", () => {
  const comments = [
    { path: "work.txt", line: 1, body: "first" },
    { path: "work.txt", position: 3, body: "third" },
  ];

  it("shows them when it is submitted, and needs no other words", async () => {
    const bob = fixture.as("bob");
    const { data: review } = await bob.pulls.createReview({ ...pull, comments });
    expect([review.state, await bodies()]).toEqual(["PENDING", []]);
    const one = { ...pull, review_id: review.id };
    expect((await bob.pulls.listCommentsForReview(one)).data.map(({ body }) => body)).toEqual(["first", "third"]);
    await bob.pulls.submitReview({ ...one, event: "REQUEST_CHANGES" });
    expect(await bodies()).toEqual(["first", "third"]);
    await fixture.as("eve").pulls.createReview({ ...pull, event: "COMMENT", comments: comments.slice(0, 1) });
    expect(await bodies()).toEqual(["first", "third", "first"]);
  });

  it("takes them with it when it is thrown away, and is refused whole for one without a place", async () => {
    const bob = fixture.as("bob");
    const { data: review } = await bob.pulls.createReview({ ...pull, comments });
    await bob.pulls.deletePendingReview({ ...pull, review_id: review.id });
    const wrong = [...comments, { path: "work.txt", line: 9, body: "none" }];
    await expect(bob.pulls.createReview({ ...pull, event: "COMMENT", comments: wrong })).rejects.toMatchObject({
      status: 422,
    });
    expect([await bodies(), (await fixture.octokit.pulls.listReviews(pull)).data]).toEqual([[], []]);
  });
});
