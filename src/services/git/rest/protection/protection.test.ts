import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitFixture, gitFixture } from "../../testGit.ts";
import { app, type OctokitFixture, octokitFixture } from "../testOctokit.ts";

const none = {
  required_status_checks: null,
  enforce_admins: true,
  required_pull_request_reviews: null,
  restrictions: null,
};
const main = { ...app, branch: "main" };
const refused = (status: number, words: string) => ({ status, message: expect.stringContaining(words) });

describe("a branch's protection", () => {
  let fixture: OctokitFixture;
  let octokit: Octokit;
  beforeEach(async () => {
    fixture = await octokitFixture();
    ({ octokit } = fixture);
  });
  afterEach(() => fixture[Symbol.asyncDispose]());

  it("is given as a whole, shown, and taken away", async () => {
    await expect(octokit.repos.getBranchProtection(main)).rejects.toMatchObject(refused(404, "Branch not protected"));
    const { data } = await octokit.repos.updateBranchProtection({
      ...main,
      ...none,
      required_status_checks: { strict: true, contexts: ["ci"] },
      required_pull_request_reviews: { required_approving_review_count: 2, dismiss_stale_reviews: true },
      restrictions: { users: ["Ann"], teams: [] },
      required_linear_history: true,
      lock_branch: true,
    });
    expect(data).toMatchObject({
      required_status_checks: { strict: true, contexts: ["ci"], checks: [{ context: "ci" }] },
      required_pull_request_reviews: { required_approving_review_count: 2, dismiss_stale_reviews: true },
      restrictions: { users: [{ login: "ann" }], teams: [], apps: [] },
      required_linear_history: { enabled: true },
      lock_branch: { enabled: true },
      enforce_admins: { enabled: true },
    });
    expect((await octokit.repos.getBranchProtection(main)).data).toEqual(data);
    await octokit.repos.deleteBranchProtection(main);
    expect((await octokit.repos.getBranch(main)).data.protected).toBe(false);
  });

  it("is changed rule by rule", async () => {
    await octokit.repos.updateBranchProtection({ ...main, ...none, enforce_admins: false });
    await expect(octokit.repos.getStatusChecksProtection(main)).rejects.toMatchObject(refused(404, "not enabled"));
    await octokit.repos.updateStatusCheckProtection({ ...main, strict: true, contexts: ["a"] });
    expect((await octokit.repos.addStatusCheckContexts({ ...main, contexts: ["b"] })).data).toEqual(["a", "b"]);
    expect((await octokit.repos.removeStatusCheckContexts({ ...main, contexts: ["a"] })).data).toEqual(["b"]);
    expect((await octokit.repos.getStatusChecksProtection(main)).data).toMatchObject({ strict: true, contexts: ["b"] });
    await octokit.repos.setAdminBranchProtection(main);
    expect((await octokit.repos.getAdminBranchProtection(main)).data.enabled).toBe(true);
    await octokit.repos.deleteAdminBranchProtection(main);
    await octokit.repos.updatePullRequestReviewProtection({ ...main, required_approving_review_count: 1 });
    expect((await octokit.repos.getPullRequestReviewProtection(main)).data.required_approving_review_count).toBe(1);
    await octokit.repos.deletePullRequestReviewProtection(main);
    await octokit.repos.removeStatusCheckProtection(main);
    const { data } = await octokit.repos.getBranchProtection(main);
    expect([data.required_pull_request_reviews, data.required_status_checks]).toEqual([undefined, undefined]);
    expect(data.enforce_admins?.enabled).toBe(false);
  });

  it("refuses what it cannot hold anybody to, by name", async () => {
    const protect = (more: object) => octokit.repos.updateBranchProtection({ ...main, ...none, ...more });
    await expect(protect({ required_conversation_resolution: true })).rejects.toMatchObject(
      refused(501, "required_conversation_resolution"),
    );
    await expect(protect({ restrictions: { users: [], teams: ["a-team"] } })).rejects.toMatchObject(
      refused(501, "restrictions to teams"),
    );
    const tooMany = { required_pull_request_reviews: { required_approving_review_count: 7 } };
    await expect(protect(tooMany)).rejects.toMatchObject(refused(422, "from 0 to 6"));
    await expect(octokit.repos.createCommitSignatureProtection(main)).rejects.toMatchObject({ status: 404 });
    await protect({});
    await expect(octokit.repos.createCommitSignatureProtection(main)).rejects.toMatchObject(refused(501, "signatures"));
  });

  it("lets nobody but those it names change the branch, and nobody at all one that is locked", async () => {
    const file = { ...app, path: "more", message: "more", content: "YQ==" };
    await octokit.repos.updateBranchProtection({ ...main, ...none, restrictions: { users: ["ann"], teams: [] } });
    await expect(octokit.repos.createOrUpdateFileContents(file)).rejects.toMatchObject(
      refused(409, "You're not authorized to push to this branch."),
    );
    expect((await fixture.as("ann").repos.createOrUpdateFileContents(file)).status).toBe(201);
    await octokit.repos.addUserAccessRestrictions({ ...main, users: ["aloft"] });
    expect((await octokit.repos.createOrUpdateFileContents({ ...file, path: "another" })).status).toBe(201);
    await octokit.repos.updateBranchProtection({ ...main, ...none, lock_branch: true });
    await expect(octokit.repos.createOrUpdateFileContents({ ...file, path: "third" })).rejects.toMatchObject(
      refused(409, "Cannot change this locked branch"),
    );
  });

  it("keeps pull requests from merging until they have all that the branch has, where its checks are strict", async () => {
    await fixture.branchWith("work", "work.txt", "w");
    await fixture.branchWith("other", "other.txt", "o");
    const { data: pull } = await octokit.pulls.create({ ...app, title: "Work", head: "work", base: "main" });
    const one = { ...app, pull_number: pull.number };
    await octokit.repos.merge({ ...app, base: "main", head: "other" });
    await octokit.repos.updateBranchProtection({
      ...main,
      ...none,
      required_status_checks: { strict: true, contexts: [] },
    });
    expect((await octokit.pulls.get(one)).data.mergeable_state).toBe("behind");
    await expect(octokit.pulls.merge(one)).rejects.toMatchObject(refused(405, "Head branch is out of date"));
    await octokit.pulls.updateBranch(one);
    expect((await octokit.pulls.get(one)).data.mergeable_state).toBe("clean");
    expect((await octokit.pulls.merge(one)).data.merged).toBe(true);
  });
});

describe("a branch that has to stay linear", () => {
  let fixture: GitFixture;
  beforeEach(async () => {
    fixture = await gitFixture();
  });
  afterEach(() => fixture[Symbol.asyncDispose]());

  it("takes no merges, neither by pushes nor by calls", async () => {
    const { git, commit, remote, cloud } = fixture;
    const api = (method: string, path: string, body: object) =>
      fetch(`${cloud.endpoint}/git/api/v3/repos/owner/app/${path}`, {
        method,
        headers: { authorization: `Bearer ${cloud.credentials.secretAccessKey}` },
        body: JSON.stringify(body),
      });
    await git("init", "-q");
    await commit("one");
    await git("push", remote(), "main", "main:side");
    await api("PUT", "branches/main/protection", { ...none, required_linear_history: true });
    await commit("two");
    await git("push", remote(), "main");
    await git("checkout", "-q", "-b", "work");
    const work = await commit("three");
    await git("push", "-o", "nowait", remote(), "work");
    await git("checkout", "-q", "main");
    await git("merge", "-q", "--no-ff", "-m", "merged", "work");
    await expect(git("push", remote(), "main")).rejects.toThrow(
      /GH006: Protected branch update failed for refs\/heads\/main\.\s+remote: error: This branch must not contain merge commits\./,
    );
    await git("push", "-o", "nowait", remote(), "main:side");
    const merge = await api("POST", "merges", { base: "main", head: "work" });
    expect([merge.status, await merge.text()]).toEqual([409, expect.stringContaining("merge commits")]);
    await api("POST", "pulls", { title: "three", head: "work", base: "main" });
    expect((await api("PUT", "pulls/1/merge", {})).status).toBe(405);
    expect((await api("PUT", "pulls/1/merge", { merge_method: "squash" })).status).toBe(200);
    expect((await git("ls-remote", remote(), "work")).stdout).toContain(work);
    const conditions = { ref_name: { include: ["~ALL"], exclude: ["refs/heads/main"] } };
    const rules = [{ type: "non_fast_forward" }, { type: "deletion" }];
    await api("POST", "rulesets", { name: "all", enforcement: "active", conditions, rules });
    await expect(git("push", "--force", remote(), "HEAD~2:work")).rejects.toThrow(
      /GH013: Repository rule violations found for refs\/heads\/work\.\s+remote:\s+remote: - Cannot force-push to this branch/,
    );
    await expect(git("push", remote(), ":work")).rejects.toThrow("- Cannot delete this branch");
  });
});
