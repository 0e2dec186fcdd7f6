import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CloudEvent } from "../../../kernel/events.ts";
import { type ApiFixture, apiFixture } from "./testApi.ts";

let fixture: ApiFixture;
const events: CloudEvent[] = [];

beforeAll(async () => {
  fixture = await apiFixture();
  fixture.cloud.events.subscribe((event) => event.source === "aloft.git" && events.push(event));
});
afterAll(() => fixture[Symbol.asyncDispose]());

const call: ApiFixture["call"] = (...args) => fixture.call(...args);
const made = async (name: string): Promise<string> => {
  await call("POST", "/user/repos", { name, auto_init: true, description: "an app" });
  return `aloft/${name}`;
};

describe("credentials", () => {
  it("are asked for, and told from wrong ones", async () => {
    expect(await call("GET", "/user", undefined, { authorization: "" })).toMatchObject({
      status: 401,
      body: { message: "Requires authentication", documentation_url: "https://docs.github.com/rest", status: "401" },
    });
    expect(await call("GET", "/user", undefined, { authorization: "Bearer nobody" })).toMatchObject({
      status: 401,
      body: { message: "Bad credentials" },
    });
    const secret = fixture.cloud.credentials.secretAccessKey;
    const basic = `Basic ${Buffer.from(`x:${secret}`).toString("base64")}`;
    for (const authorization of [`token ${secret}`, `Bearer ${secret}`, basic])
      expect(await call("GET", "/user", undefined, { authorization })).toMatchObject({
        status: 200,
        body: { login: "aloft", type: "User" },
      });
  });
});

describe("repositories", () => {
  it("are made, seen, changed, listed and removed", async () => {
    const answered = await call("POST", "/orgs/team/repos", { name: "service", description: "words" });
    expect(answered).toMatchObject({
      status: 201,
      body: {
        full_name: "team/service",
        owner: { login: "team" },
        default_branch: "main",
        description: "words",
        clone_url: "http://127.0.0.1:4566/git/team/service.git",
        url: "http://127.0.0.1:4566/git/api/v3/repos/team/service",
      },
    });
    expect(await call("POST", "/orgs/team/repos", { name: "service" })).toMatchObject({
      status: 422,
      body: { message: "Repository creation failed.", errors: [{ message: "name already exists on this account" }] },
    });
    expect((await call("PATCH", "/repos/team/service", { description: "others" })).body.description).toBe("others");
    expect((await call("GET", "/users/team/repos")).body.map(({ name }: { name: string }) => name)).toEqual([
      "service",
    ]);
    expect(await call("GET", "/repos/team/service/commits")).toMatchObject({
      status: 409,
      body: { message: "Git Repository is empty." },
    });
    expect((await call("DELETE", "/repos/team/service")).status).toBe(204);
    expect(await call("GET", "/repos/team/service")).toMatchObject({ status: 404, body: { message: "Not Found" } });
  });

  it("refuse what is no request of GitHub's", async () => {
    expect(await call("POST", "/user/repos", "{")).toMatchObject({
      status: 400,
      body: { message: "Problems parsing JSON" },
    });
    expect(await call("POST", "/user/repos", {})).toMatchObject({
      status: 422,
      body: { message: 'Invalid request.\n\n"name" wasn\'t supplied.' },
    });
    expect((await call("POST", "/user/repos", { name: "../up" })).status).toBe(422);
    expect((await call("GET", "/nothing/here")).status).toBe(404);
    expect((await call("GET", "/repos/%zz/x")).status).toBe(404);
  });
});

describe("contents", () => {
  it("are written, read, changed under their id, and removed", async () => {
    const repo = await made("contents");
    expect(events.at(-1)).toMatchObject({ detailType: "Git Push", detail: { ref: "refs/heads/main", before: null } });
    const put = (body: object) => call("PUT", `/repos/${repo}/contents/src/a%20b.txt`, { message: "m", ...body });
    const one = await put({
      content: Buffer.from("one\n").toString("base64"),
      committer: { name: "C", email: "c@x", date: "2020-01-02T03:04:05Z" },
    });
    expect(one).toMatchObject({
      status: 201,
      body: {
        content: { name: "a b.txt", path: "src/a b.txt", size: 4, type: "file" },
        commit: {
          message: "m",
          committer: { name: "C", email: "c@x", date: "2020-01-02T03:04:05Z" },
          author: { name: "C" },
        },
      },
    });
    const { sha } = one.body.content;
    const text = Buffer.from("two\n").toString("base64");
    expect((await put({ content: text })).status).toBe(422);
    expect(await put({ content: text, sha: "f".repeat(40) })).toMatchObject({ status: 409 });
    expect((await put({ content: text, sha })).status).toBe(200);
    const got = await call("GET", `/repos/${repo}/contents/src/a%20b.txt`);
    expect(got.body).toMatchObject({ encoding: "base64", content: "dHdvCg==\n" });
    const old = await call("GET", `/repos/${repo}/contents/src/a%20b.txt?ref=${one.body.commit.sha}`, undefined, {
      accept: "application/vnd.github.raw",
    });
    expect(old.body).toBe("one\n");
    expect(
      (await call("GET", `/repos/${repo}/contents`)).body.map(({ name, type }: { name: string; type: string }) => [
        name,
        type,
      ]),
    ).toEqual([
      ["README.md", "file"],
      ["src", "dir"],
    ]);
    expect((await call("GET", `/repos/${repo}/readme`)).body.name).toBe("README.md");
    const gone = await call("DELETE", `/repos/${repo}/contents/src/a%20b.txt`, { message: "rm", sha: got.body.sha });
    expect(gone).toMatchObject({ status: 200, body: { content: null } });
    expect((await call("GET", `/repos/${repo}/contents/src/a%20b.txt`)).status).toBe(404);
  });

  it("refuse paths that climb, other branches, and ids that are none", async () => {
    const repo = await made("refusals");
    const content = "YQ==";
    for (const path of ["../x", "a/../b", ".git/config", "a//b"])
      expect((await call("PUT", `/repos/${repo}/contents/${path}`, { message: "m", content })).status).toBe(422);
    expect((await call("PUT", `/repos/${repo}/contents/x`, { message: "m", content, branch: "none" })).status).toBe(
      404,
    );
    expect((await call("PUT", `/repos/${repo}/contents/x`, { message: "m", content: "?" })).status).toBe(422);
    expect(await call("GET", `/repos/${repo}/contents/x?ref=none`)).toMatchObject({
      status: 404,
      body: { message: "No commit found for the ref none" },
    });
  });
});

describe("commits and references", () => {
  it("are listed in pages with links, shown with their changes, and compared", async () => {
    const repo = await made("history");
    const ids = [];
    for (const n of [1, 2, 3, 4]) ids.push(await fixture.write(repo, `f${n}`, `${n}\n`));
    const page = await call("GET", `/repos/${repo}/commits?per_page=2&page=2`);
    expect(page.body.map(({ sha }: { sha: string }) => sha)).toEqual([ids[1], ids[0]]);
    const base = `<http://127.0.0.1:4566/git/api/v3/repos/${repo}/commits?per_page=2`;
    expect(page.headers["link"]).toBe(
      `${base}&page=1>; rel="prev", ${base}&page=3>; rel="next", ${base}&page=3>; rel="last", ${base}&page=1>; rel="first"`,
    );
    expect((await call("GET", `/repos/${repo}/commits?path=f3`)).body).toHaveLength(1);
    const one = await call("GET", `/repos/${repo}/commits/${ids[2]}`);
    expect(one.body).toMatchObject({
      sha: ids[2],
      stats: { total: 1, additions: 1, deletions: 0 },
      files: [{ filename: "f3", status: "added", patch: "@@ -0,0 +1 @@\n+3" }],
      parents: [{ sha: ids[1] }],
    });
    const etag = String(one.headers["etag"]);
    expect((await call("GET", `/repos/${repo}/commits/${ids[2]}`, undefined, { "if-none-match": etag })).status).toBe(
      304,
    );
    const compared = await call("GET", `/repos/${repo}/compare/${ids[0]}...main`);
    expect(compared.body).toMatchObject({
      status: "ahead",
      ahead_by: 3,
      behind_by: 0,
      total_commits: 3,
      commits: [{ sha: ids[1] }, { sha: ids[2] }, { sha: ids[3] }],
    });
    expect((await call("GET", `/repos/${repo}/commits/none`)).status).toBe(422);
    expect((await call("GET", `/repos/${repo}/compare/none...main`)).status).toBe(404);
  });

  it("are made, moved forward only, and removed", async () => {
    const repo = await made("refs");
    const one = await fixture.write(repo, "a", "1");
    const two = await fixture.write(repo, "b", "2");
    expect(await call("POST", `/repos/${repo}/git/refs`, { ref: "refs/heads/feature/x", sha: one })).toMatchObject({
      status: 201,
      body: { ref: "refs/heads/feature/x", object: { sha: one, type: "commit" } },
    });
    expect(
      (await call("POST", `/repos/${repo}/git/refs`, { ref: "refs/heads/feature/x", sha: one })).body.message,
    ).toBe("Reference already exists");
    expect((await call("POST", `/repos/${repo}/git/refs`, { ref: "refs/heads/a..b", sha: one })).status).toBe(422);
    expect(
      (await call("POST", `/repos/${repo}/git/refs`, { ref: "refs/heads/y", sha: `${"0".repeat(39)}1` })).status,
    ).toBe(422);
    expect((await call("PATCH", `/repos/${repo}/git/refs/heads/feature/x`, { sha: two })).body.object.sha).toBe(two);
    expect(await call("PATCH", `/repos/${repo}/git/refs/heads/feature/x`, { sha: one })).toMatchObject({
      status: 422,
      body: { message: "Update is not a fast forward" },
    });
    expect((await call("PATCH", `/repos/${repo}/git/refs/heads/feature/x`, { sha: one, force: true })).status).toBe(
      200,
    );
    expect((await call("GET", `/repos/${repo}/git/ref/heads/feature/x`)).body.object.sha).toBe(one);
    expect((await call("GET", `/repos/${repo}/branches/feature%2Fx`)).body).toMatchObject({
      name: "feature/x",
      protected: false,
      commit: { sha: one },
    });
    expect(
      (await call("GET", `/repos/${repo}/git/trees/main?recursive=1`)).body.tree.map(
        ({ path }: { path: string }) => path,
      ),
    ).toEqual(["README.md", "a", "b"]);
    expect((await call("DELETE", `/repos/${repo}/git/refs/heads/feature/x`)).status).toBe(204);
    expect((await call("DELETE", `/repos/${repo}/git/refs/heads/main`)).status).toBe(422);
  });
});

describe("branch protection", () => {
  const rules = {
    required_status_checks: { strict: false, contexts: ["ci"] },
    enforce_admins: true,
    required_pull_request_reviews: null,
    restrictions: null,
  };

  it("is put, shown, kept to, and taken away", async () => {
    const repo = await made("protected");
    const head = await fixture.write(repo, "a", "1");
    const path = `/repos/${repo}/branches/main/protection`;
    expect(await call("GET", path)).toMatchObject({ status: 404, body: { message: "Branch not protected" } });
    expect((await call("PUT", path, {})).status).toBe(422);
    expect(await call("PUT", path, { ...rules, required_conversation_resolution: true })).toMatchObject({
      status: 501,
    });
    expect((await call("PUT", path, rules)).body).toMatchObject({
      required_status_checks: { contexts: ["ci"] },
      enforce_admins: { enabled: true },
      allow_force_pushes: { enabled: false },
    });
    expect((await call("GET", `/repos/${repo}/branches?protected=true`)).body).toMatchObject([
      { name: "main", protected: true },
    ]);
    const refused = await call("PUT", `/repos/${repo}/contents/b`, { message: "m", content: "YQ==" });
    expect(refused).toMatchObject({
      status: 409,
      body: { message: 'Could not update file: Required status check "ci" is expected.' },
    });
    expect((await call("GET", `/repos/${repo}/git/ref/heads/main`)).body.object.sha).toBe(head);
    expect((await call("DELETE", path)).status).toBe(204);
    expect(await fixture.write(repo, "b", "1")).toMatch(/^[0-9a-f]{40}$/);
  });
});

describe("commit statuses", () => {
  it("are kept in their order, and the newest of each context make the combined one", async () => {
    const repo = await made("statuses");
    const sha = await fixture.write(repo, "a", "1");
    const post = (body: object) => call("POST", `/repos/${repo}/statuses/${sha}`, body);
    expect((await call("GET", `/repos/${repo}/commits/main/status`)).body).toMatchObject({
      state: "pending",
      total_count: 0,
    });
    expect(await post({ state: "pending", context: "ci", target_url: "http://x/1", description: "d" })).toMatchObject({
      status: 201,
      body: { state: "pending", context: "ci", target_url: "http://x/1", description: "d" },
    });
    await post({ state: "success", context: "ci" });
    await post({ state: "success" });
    const combined = await call("GET", `/repos/${repo}/commits/main/status`);
    expect(combined.body).toMatchObject({
      state: "success",
      sha,
      total_count: 2,
      statuses: [{ context: "default" }, { context: "ci" }],
    });
    await post({ state: "error", context: "lint" });
    expect((await call("GET", `/repos/${repo}/commits/${sha}/status`)).body.state).toBe("failure");
    expect(
      (await call("GET", `/repos/${repo}/commits/${sha}/statuses`)).body.map(({ state }: { state: string }) => state),
    ).toEqual(["error", "success", "success", "pending"]);
    expect((await post({ state: "great" })).body.errors[0]).toMatchObject({ resource: "Status", field: "state" });
    expect((await post({ state: "success", description: "x".repeat(141) })).status).toBe(422);
  });
});

describe("pull requests", () => {
  const opened = async (name: string) => {
    const repo = await made(name);
    const base = await fixture.write(repo, "a", "1\n");
    await call("POST", `/repos/${repo}/git/refs`, { ref: "refs/heads/work", sha: base });
    await fixture.write(repo, "b", "2\n", { branch: "work" });
    const head = await fixture.write(repo, "c", "3\n", { branch: "work" });
    return {
      repo,
      base,
      head,
      pull: await call("POST", `/repos/${repo}/pulls`, { title: "Work", head: "work", base: "main", body: "please" }),
    };
  };
  const told = (kind: string) =>
    events.filter(({ detailType, detail }) => detailType === "Git Pull Request" && detail["event"] === kind);

  it("are opened, follow their branch, and are merged", async () => {
    const { repo, head, pull } = await opened("pulls");
    expect(pull).toMatchObject({
      status: 201,
      body: {
        number: 1,
        state: "open",
        mergeable: true,
        commits: 2,
        changed_files: 2,
        head: { ref: "work", sha: head },
      },
    });
    expect(told("OPEN").at(-1)?.detail).toMatchObject({ base: "main", commit: head, files: ["b", "c"] });
    expect(await call("POST", `/repos/${repo}/pulls`, { title: "x", head: "work", base: "main" })).toMatchObject({
      status: 422,
    });
    const next = await fixture.write(repo, "d", "4\n", { branch: "work" });
    expect(told("UPDATED").at(-1)?.detail).toMatchObject({ commit: next });
    expect((await call("GET", `/repos/${repo}/pulls/1/merge`)).status).toBe(404);
    expect(await call("PUT", `/repos/${repo}/pulls/1/merge`, { sha: head })).toMatchObject({ status: 409 });
    const merged = await call("PUT", `/repos/${repo}/pulls/1/merge`, {});
    expect(merged).toMatchObject({ status: 200, body: { merged: true, message: "Pull Request successfully merged" } });
    expect((await call("GET", `/repos/${repo}/commits/main`)).body).toMatchObject({
      sha: merged.body.sha,
      commit: { message: "Merge pull request #1 from aloft/work\n\nWork" },
    });
    expect((await call("GET", `/repos/${repo}/pulls/1`)).body).toMatchObject({
      state: "closed",
      merged: true,
      merge_commit_sha: merged.body.sha,
    });
    expect(told("CLOSED").at(-1)?.detail).toMatchObject({ repository: "pulls", commit: next });
    expect(events.at(-1)?.detailType).toBe("Git Pull Request");
    expect((await call("PUT", `/repos/${repo}/pulls/1/merge`, {})).status).toBe(405);
  });

  it("are squashed into one commit", async () => {
    const squashed = await opened("squashed");
    await fixture.write(squashed.repo, "z", "9\n");
    await call("PUT", `/repos/${squashed.repo}/pulls/1/merge`, { merge_method: "squash" });
    expect((await call("GET", `/repos/${squashed.repo}/commits/main`)).body).toMatchObject({
      commit: { message: "Work (#1)" },
      files: [{ filename: "b" }, { filename: "c" }],
    });
  });

  it("are rebased, each commit anew", async () => {
    const rebased = await opened("rebased");
    const before = await fixture.write(rebased.repo, "z", "9\n");
    await call("PUT", `/repos/${rebased.repo}/pulls/1/merge`, { merge_method: "rebase" });
    const log = (await call("GET", `/repos/${rebased.repo}/commits`)).body;
    expect(
      log
        .slice(0, 3)
        .map(({ sha, commit }: { sha: string; commit: { message: string } }) => [sha === before, commit.message]),
    ).toEqual([
      [false, "write c"],
      [false, "write b"],
      [true, "write z"],
    ]);
  });

  it("are not merged when they are in conflict", async () => {
    const torn = await opened("torn");
    await fixture.write(torn.repo, "b", "other\n");
    expect((await call("GET", `/repos/${torn.repo}/pulls/1`)).body).toMatchObject({
      mergeable: false,
      mergeable_state: "dirty",
    });
    expect(await call("PUT", `/repos/${torn.repo}/pulls/1/merge`, {})).toMatchObject({
      status: 405,
      body: { message: "Pull Request is not mergeable" },
    });
    expect((await call("PATCH", `/repos/${torn.repo}/pulls/1`, { state: "closed" })).body.state).toBe("closed");
    expect((await call("GET", `/repos/${torn.repo}/pulls`)).body).toEqual([]);
    expect((await call("GET", `/repos/${torn.repo}/pulls?state=all`)).body).toHaveLength(1);
  });
});
