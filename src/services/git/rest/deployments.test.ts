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
const deploy = (more: object = {}) => call("POST", `${REPOSITORY}/deployments`, { ref: "main", ...more });
const say = (id: number, state: string, more: object = {}) =>
  call("POST", `${REPOSITORY}/deployments/${id}/statuses`, { state, ...more });
const statesOf = async (id: number) =>
  (await call("GET", `${REPOSITORY}/deployments/${id}/statuses`)).body.map(({ state }: { state: string }) => state);

describe("deployments", () => {
  it("are made of a commit, listed by what they are, and tell what became of them", async () => {
    const made = await deploy({ payload: { a: 1 }, description: "first", environment: "staging" });
    expect(made).toMatchObject({
      status: 201,
      body: {
        sha: head,
        ref: "main",
        task: "deploy",
        payload: { a: 1 },
        environment: "staging",
        description: "first",
        transient_environment: false,
        production_environment: false,
      },
    });
    const { id } = made.body;
    const said = await say(id, "in_progress", { log_url: "http://log", environment_url: "http://there" });
    expect(said).toMatchObject({
      status: 201,
      body: { state: "in_progress", target_url: "http://log", environment: "staging", environment_url: "http://there" },
    });
    expect((await call("GET", `${REPOSITORY}/deployments/${id}/statuses/${said.body.id}`)).body).toEqual(said.body);
    await say(id, "success");
    const again = await deploy({ environment: "staging" });
    await say(again.body.id, "success");
    expect(await statesOf(id)).toEqual(["inactive", "success", "in_progress"]);
    const listed = async (query: string) => (await call("GET", `${REPOSITORY}/deployments?${query}`)).body.length;
    expect([await listed(`sha=${head}`), await listed("environment=staging"), await listed("task=other")]).toEqual([
      2, 2, 0,
    ]);
  });

  it("in production stay active beside each other, and are deleted once they are not", async () => {
    const first = await deploy();
    expect(first.body.production_environment).toBe(true);
    await say(first.body.id, "success");
    const second = await deploy();
    await say(second.body.id, "success");
    expect(await statesOf(first.body.id)).toEqual(["success"]);
    const remove = () => call("DELETE", `${REPOSITORY}/deployments/${first.body.id}`);
    expect(await remove()).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining("cannot delete an active") },
    });
    await say(first.body.id, "inactive");
    expect((await remove()).status).toBe(204);
    expect((await call("GET", `${REPOSITORY}/deployments/${first.body.id}`)).status).toBe(404);
  });

  it("are refused of no commit, with statuses that fail, and of a branch that lags behind", async () => {
    expect(await deploy({ ref: "none" })).toMatchObject({
      status: 422,
      body: { message: "No commit found for SHA: none" },
    });
    expect((await say(4711, "success")).status).toBe(404);
    const made = await deploy({ environment: "refused" });
    expect((await say(made.body.id, "done")).status).toBe(422);
    await call("POST", `${REPOSITORY}/statuses/${head}`, { state: "failure", context: "lint" });
    expect(await deploy()).toMatchObject({
      status: 409,
      body: {
        message: "Conflict: Commit status checks failed for main.",
        errors: [{ contexts: [{ context: "lint", state: "failure" }] }],
      },
    });
    expect((await deploy({ required_contexts: [] })).status).toBe(201);
    expect((await deploy({ required_contexts: ["unit"] })).status).toBe(409);
    await call("POST", `${REPOSITORY}/git/refs`, { ref: "refs/heads/old", sha: head });
    await fixture.write("aloft/app", "file2", "text");
    expect((await deploy({ ref: "old", required_contexts: [] })).status).toBe(501);
    expect((await deploy({ ref: "old", required_contexts: [], auto_merge: false })).status).toBe(201);
  });
});
