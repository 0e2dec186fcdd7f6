import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { app, type OctokitFixture, octokitFixture } from "./testOctokit.ts";

let fixture: OctokitFixture;
let pull: { owner: string; repo: string; pull_number: number };

beforeEach(async () => {
  fixture = await octokitFixture();
  await fixture.branchWith("work", "work.txt", "w");
  const made = await fixture.as("ann").pulls.create({ ...app, title: "Work", head: "work", base: "main" });
  expect(made.data.user.login).toBe("ann");
  pull = { ...app, pull_number: made.data.number };
});
afterEach(() => fixture[Symbol.asyncDispose]());

const refused = (status: number, words: string) => ({ status, message: expect.stringContaining(words) });
const states = async () => (await fixture.octokit.pulls.listReviews(pull)).data.map(({ state }) => state);

describe("a review", () => {
  it("is written by somebody else, changed, dismissed, and listed", async () => {
    const bob = fixture.as("bob");
    const { data } = await bob.pulls.createReview({ ...pull, event: "APPROVE", body: "good" });
    expect(data).toMatchObject({ state: "APPROVED", body: "good", user: { login: "bob" } });
    const one = { ...pull, review_id: data.id };
    expect((await bob.pulls.updateReview({ ...one, body: "very good" })).data.body).toBe("very good");
    await bob.pulls.dismissReview({ ...one, message: "no" });
    expect((await bob.pulls.getReview(one)).data).toMatchObject({ state: "DISMISSED", body: "very good" });
    await expect(bob.pulls.dismissReview({ ...one, message: "no" })).rejects.toMatchObject({ status: 422 });
    await bob.pulls.createReview({ ...pull, event: "COMMENT", body: "but" });
    expect(await states()).toEqual(["DISMISSED", "COMMENTED"]);
  });

  it("waits until it is submitted, and may be taken away until then", async () => {
    const bob = fixture.as("bob");
    const { data } = await bob.pulls.createReview({ ...pull, body: "to come" });
    const one = { ...pull, review_id: data.id };
    expect(data.state).toBe("PENDING");
    await expect(bob.pulls.createReview(pull)).rejects.toMatchObject(refused(422, "one pending review"));
    await bob.pulls.submitReview({ ...one, event: "REQUEST_CHANGES" });
    expect(await states()).toEqual(["CHANGES_REQUESTED"]);
    await expect(bob.pulls.deletePendingReview(one)).rejects.toMatchObject(refused(422, "non-pending"));
    const { data: next } = await bob.pulls.createReview(pull);
    await bob.pulls.deletePendingReview({ ...pull, review_id: next.id });
    expect(await states()).toEqual(["CHANGES_REQUESTED"]);
    await expect(bob.pulls.getReview({ ...pull, review_id: next.id })).rejects.toMatchObject({ status: 404 });
  });

  it("is no approval of one's own, and no objection without words", async () => {
    const ann = fixture.as("ann");
    await expect(ann.pulls.createReview({ ...pull, event: "APPROVE" })).rejects.toMatchObject(
      refused(422, "Can not approve your own pull request"),
    );
    const wordless = fixture.octokit.pulls.createReview({ ...pull, event: "REQUEST_CHANGES" });
    await expect(wordless).rejects.toMatchObject(refused(422, "Body cannot be blank"));
    await expect(ann.pulls.requestReviewers({ ...pull, reviewers: ["Ann"] })).rejects.toMatchObject({ status: 422 });
    expect(await states()).toEqual([]);
  });

  it("is asked of people, who are asked no more once they gave it", async () => {
    const asked = await fixture.octokit.pulls.requestReviewers({ ...pull, reviewers: ["bob", "eve"] });
    expect(asked.data.requested_reviewers?.map((user) => user?.login)).toEqual(["bob", "eve"]);
    await fixture.octokit.pulls.removeRequestedReviewers({ ...pull, reviewers: ["eve"] });
    await fixture.as("bob").pulls.createReview({ ...pull, event: "APPROVE" });
    expect((await fixture.octokit.pulls.listRequestedReviewers(pull)).data.users).toEqual([]);
  });
});

describe("a branch that requires approvals", () => {
  const merge = () => fixture.octokit.pulls.merge(pull);
  const needed = refused(405, "At least 1 approving review is required by reviewers with write access.");
  beforeEach(() =>
    fixture.octokit.repos.updateBranchProtection({
      ...{ ...app, branch: "main", required_status_checks: null, enforce_admins: true, restrictions: null },
      required_pull_request_reviews: { required_approving_review_count: 1, dismiss_stale_reviews: true },
    }),
  );

  it("takes a pull request once somebody approves and nobody objects, by the last word of each", async () => {
    await expect(merge()).rejects.toMatchObject(needed);
    await fixture.as("bob").pulls.createReview({ ...pull, event: "APPROVE" });
    await fixture.as("eve").pulls.createReview({ ...pull, event: "REQUEST_CHANGES", body: "no" });
    await expect(merge()).rejects.toMatchObject(needed);
    await fixture.as("eve").pulls.createReview({ ...pull, event: "APPROVE" });
    expect((await merge()).data.merged).toBe(true);
  });

  it("forgets an approval when the commits change, where it says so", async () => {
    await fixture.as("bob").pulls.createReview({ ...pull, event: "APPROVE" });
    const file = { ...app, branch: "work", path: "late", message: "late", content: "YQ==" };
    await fixture.octokit.repos.createOrUpdateFileContents(file);
    expect(await states()).toEqual(["DISMISSED"]);
    await expect(merge()).rejects.toMatchObject(needed);
  });
});
