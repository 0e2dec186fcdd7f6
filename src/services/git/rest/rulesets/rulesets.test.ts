import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { app, type OctokitFixture, octokitFixture } from "../testOctokit.ts";

let fixture: OctokitFixture;
let octokit: Octokit;
beforeEach(async () => {
  fixture = await octokitFixture();
  ({ octokit } = fixture);
});
afterEach(() => fixture[Symbol.asyncDispose]());

type Given = NonNullable<Parameters<Octokit["repos"]["createRepoRuleset"]>[0]>;
const named = (...include: string[]) => ({ ref_name: { include, exclude: [] } });
const create = (more: Partial<Given>) =>
  octokit.repos.createRepoRuleset({
    ...app,
    ...{ name: "rules", enforcement: "active", conditions: named("~DEFAULT_BRANCH") },
    ...more,
  });
const reviewed = {
  type: "pull_request" as const,
  parameters: {
    required_approving_review_count: 1,
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_review_thread_resolution: false,
  },
};
const refused = (status: number, words: string) => ({ status, message: expect.stringContaining(words) });

describe("a set of rules", () => {
  it("is made, listed, shown, changed and taken away, and its rules are those of the branches that fit", async () => {
    const { data: made } = await create({ rules: [{ type: "deletion" }, reviewed] });
    expect(made).toMatchObject({
      ...{ id: 1, name: "rules", target: "branch", source: "owner/app", source_type: "Repository" },
      ...{ enforcement: "active", bypass_actors: [], current_user_can_bypass: "never" },
      conditions: named("~DEFAULT_BRANCH"),
      rules: [{ type: "deletion" }, { type: "pull_request", parameters: { allowed_merge_methods: expect.any(Array) } }],
    });
    expect((await octokit.repos.getRepoRulesets(app)).data).toMatchObject([{ id: 1, enforcement: "active" }]);
    const rulesOf = async (branch: string) =>
      (await octokit.repos.getBranchRules({ ...app, branch })).data.map(({ type, ruleset_id }) => [type, ruleset_id]);
    expect(await rulesOf("main")).toEqual([
      ["deletion", 1],
      ["pull_request", 1],
    ]);
    expect(await rulesOf("release/1")).toEqual([]);
    const one = { ...app, ruleset_id: 1 };
    const conditions = { ref_name: { include: ["refs/heads/release/*"], exclude: ["refs/heads/release/old"] } };
    await octokit.repos.updateRepoRuleset({ ...one, conditions, rules: [{ type: "deletion" }] });
    expect([await rulesOf("main"), await rulesOf("release/1"), await rulesOf("release/old")]).toEqual([
      [],
      [["deletion", 1]],
      [],
    ]);
    await octokit.repos.updateRepoRuleset({ ...one, enforcement: "disabled" });
    expect((await octokit.repos.getRepoRuleset(one)).data).toMatchObject({ enforcement: "disabled", conditions });
    expect(await rulesOf("release/1")).toEqual([]);
    await octokit.repos.deleteRepoRuleset(one);
    await expect(octokit.repos.getRepoRuleset(one)).rejects.toMatchObject({ status: 404 });
  });

  it("holds everybody to what it asks, beside the branch's own protection", async () => {
    await octokit.repos.updateBranchProtection({
      ...{ ...app, branch: "main", required_status_checks: null, enforce_admins: false },
      ...{ required_pull_request_reviews: null, restrictions: null },
    });
    await create({ rules: [reviewed] });
    const file = { ...app, path: "more", message: "more", content: "YQ==" };
    await expect(octokit.repos.createOrUpdateFileContents(file)).rejects.toMatchObject(
      refused(409, "Changes must be made through a pull request."),
    );
    await fixture.branchWith("work", "work.txt", "w");
    await octokit.pulls.create({ ...app, title: "Work", head: "work", base: "main" });
    const pull = { ...app, pull_number: 1 };
    await expect(octokit.pulls.merge(pull)).rejects.toMatchObject(
      refused(405, "At least 1 approving review is required"),
    );
    await fixture.as("ann").pulls.createReview({ ...pull, event: "APPROVE" });
    expect((await octokit.pulls.merge(pull)).data.merged).toBe(true);
    await expect(octokit.git.deleteRef({ ...app, ref: "heads/work" })).resolves.toMatchObject({ status: 204 });
  });

  it("is refused by name where nobody would be held to it, and where it cannot be", async () => {
    const signed = create({ rules: [{ type: "required_signatures" }] });
    await expect(signed).rejects.toMatchObject(refused(501, "required_signatures"));
    const owners = { ...reviewed, parameters: { ...reviewed.parameters, require_code_owner_review: true } };
    await expect(create({ rules: [owners] })).rejects.toMatchObject(refused(501, "require_code_owner_review"));
    await expect(create({ target: "tag" })).rejects.toMatchObject(refused(501, "the target tag"));
    await expect(create({ enforcement: "evaluate" })).rejects.toMatchObject(refused(501, "evaluate"));
    const team = [{ actor_id: 1, actor_type: "Team" as const, bypass_mode: "always" as const }];
    await expect(create({ bypass_actors: team })).rejects.toMatchObject(refused(501, "bypass_actors"));
    await expect(create({ rules: [{ type: "odd" as "deletion" }] })).rejects.toMatchObject(refused(422, "Validation"));
    await create({});
    await expect(create({})).rejects.toMatchObject(refused(422, "Validation"));
  });
});
