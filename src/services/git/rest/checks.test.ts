import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiFixture, repositoryFixture } from "./testApi.ts";

const REPOSITORY = "/repos/aloft/app";
let fixture: Awaited<ReturnType<typeof repositoryFixture>>;
let head = "";

beforeAll(async () => {
  fixture = await repositoryFixture();
  ({ head } = fixture);
});
afterAll(() => fixture[Symbol.asyncDispose]());

const call: ApiFixture["call"] = (...args) => fixture.call(...args);

describe("check runs", () => {
  it("are made, completed, and listed by the latest of each name", async () => {
    const made = await call("POST", `${REPOSITORY}/check-runs`, {
      name: "lint",
      head_sha: head,
      details_url: "http://x",
    });
    expect(made).toMatchObject({
      status: 201,
      body: { name: "lint", head_sha: head, status: "queued", conclusion: null, completed_at: null },
    });
    const output = { title: "t", summary: "s", annotations: [{ path: "file", message: "m" }] };
    const done = await call("PATCH", `${REPOSITORY}/check-runs/${made.body.id}`, { conclusion: "failure", output });
    expect(done.body).toMatchObject({ status: "completed", conclusion: "failure", output: { annotations_count: 1 } });
    expect((await call("GET", `${REPOSITORY}/check-runs/${made.body.id}/annotations`)).body).toEqual(
      output.annotations,
    );
    await call("POST", `${REPOSITORY}/check-runs`, { name: "lint", head_sha: head, conclusion: "success" });
    const latest = await call("GET", `${REPOSITORY}/commits/main/check-runs`);
    expect(latest.body).toMatchObject({ total_count: 1, check_runs: [{ conclusion: "success" }] });
    const all = await call("GET", `${REPOSITORY}/commits/${head}/check-runs?filter=all`);
    expect(all.body.total_count).toBe(2);
    const { check_suites: suites } = (await call("GET", `${REPOSITORY}/commits/${head}/check-suites`)).body;
    expect(suites).toMatchObject([{ id: made.body.id, status: "completed", conclusion: "failure" }]);
    const ofSuite = await call("GET", `${REPOSITORY}/check-suites/${made.body.id}/check-runs?filter=all`);
    expect(ofSuite.body.total_count).toBe(2);
    expect((await call("GET", `${REPOSITORY}/check-suites/${made.body.id}`)).body.head_sha).toBe(head);
  });

  it.each<[string, object, number]>([
    ["without a name", { head_sha: "main" }, 422],
    ["of a commit that is not there", { name: "x", head_sha: "0".repeat(40) }, 422],
    ["completed without a conclusion", { name: "x", head_sha: "main", status: "completed" }, 422],
    ["with a conclusion that is none", { name: "x", head_sha: "main", conclusion: "fine" }, 422],
  ])("are refused %s", async (_case, body, status) => {
    expect((await call("POST", `${REPOSITORY}/check-runs`, body)).status).toBe(status);
  });

  it("are not found by a number that is none", async () => {
    expect((await call("GET", `${REPOSITORY}/check-runs/999`)).status).toBe(404);
    expect((await call("GET", `${REPOSITORY}/check-suites/999`)).status).toBe(404);
  });
});

describe("comments", () => {
  const roundTrip = async (on: string, one: string) => {
    const made = await call("POST", `${REPOSITORY}/${on}/comments`, { body: "first" });
    expect(made).toMatchObject({ status: 201, body: { body: "first", user: { login: "aloft" } } });
    const address = `${REPOSITORY}/${one}/${made.body.id}`;
    expect((await call("PATCH", address, { body: "second" })).body.body).toBe("second");
    expect((await call("GET", `${REPOSITORY}/${on}/comments`)).body).toMatchObject([{ body: "second" }]);
    expect((await call("GET", address)).body.id).toBe(made.body.id);
    expect((await call("DELETE", address)).status).toBe(204);
    expect((await call("GET", address)).status).toBe(404);
  };

  it("are made, changed, listed and removed, of commits and of pull requests", async () => {
    await roundTrip(`commits/${head}`, "comments");
    await call("POST", `${REPOSITORY}/git/refs`, { ref: "refs/heads/side", sha: head });
    await fixture.write("aloft/app", "other", "text", { branch: "side" });
    const pull = await call("POST", `${REPOSITORY}/pulls`, { title: "t", head: "side", base: "main" });
    await roundTrip(`issues/${pull.body.number}`, "issues/comments");
  });

  it("are not for what is not there", async () => {
    expect((await call("POST", `${REPOSITORY}/issues/99/comments`, { body: "x" })).status).toBe(404);
    expect((await call("POST", `${REPOSITORY}/commits/${head}/comments`, {})).status).toBe(422);
    expect((await call("GET", `${REPOSITORY}/issues`)).body).toMatchObject({ message: "Not Found" });
  });
});

describe("releases", () => {
  it("make their tag, are the latest, and go", async () => {
    const draft = await call("POST", `${REPOSITORY}/releases`, { tag_name: "v1", draft: true, name: "one" });
    expect(draft.body).toMatchObject({ draft: true, published_at: null });
    expect((await call("GET", `${REPOSITORY}/releases/latest`)).status).toBe(404);
    const address = `${REPOSITORY}/releases/${draft.body.id}`;
    expect((await call("PATCH", address, { draft: false })).body).toMatchObject({ draft: false, tag_name: "v1" });
    expect((await call("GET", `${REPOSITORY}/git/ref/tags/v1`)).body.object.sha).toMatch(/^[0-9a-f]{40}$/);
    expect((await call("GET", `${REPOSITORY}/releases/tags/v1`)).body.name).toBe("one");
    expect((await call("GET", `${REPOSITORY}/releases/latest`)).body.id).toBe(draft.body.id);
    expect((await call("POST", `${REPOSITORY}/releases`, { tag_name: "v1" })).body.errors).toMatchObject([
      { field: "tag_name", code: "already_exists" },
    ]);
    expect((await call("DELETE", address)).status).toBe(204);
    expect((await call("GET", `${REPOSITORY}/releases`)).body).toEqual([]);
  });

  it("are refused of a commit that is not there", async () => {
    const wrong = await call("POST", `${REPOSITORY}/releases`, { tag_name: "v2", target_commitish: "nowhere" });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: "target_commitish" }] } });
  });
});

it("a required check is met by a check run of its name", async () => {
  const rules = { required_status_checks: { strict: false, contexts: ["lint", "tests"] }, enforce_admins: true };
  const protection = { ...rules, required_pull_request_reviews: null, restrictions: null };
  await call("PUT", `${REPOSITORY}/branches/main/protection`, protection);
  await call("POST", `${REPOSITORY}/git/refs`, { ref: "refs/heads/next", sha: head });
  const next = await fixture.write("aloft/app", "more", "text", { branch: "next" });
  const move = () => call("PATCH", `${REPOSITORY}/git/refs/heads/main`, { sha: next });
  await call("POST", `${REPOSITORY}/check-runs`, { name: "lint", head_sha: next, conclusion: "success" });
  expect((await move()).body.message).toContain("tests");
  await call("POST", `${REPOSITORY}/check-runs`, { name: "tests", head_sha: next, conclusion: "skipped" });
  expect((await move()).status).toBe(200);
});
