import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask } from "../../../../test/ask.ts";
import { type ApiFixture, apiFixture } from "../rest/testApi.ts";

let fixture: ApiFixture;
let sha = "";
let basic = "";

beforeAll(async () => {
  fixture = await apiFixture();
  basic = `Basic ${Buffer.from(`x:${fixture.cloud.credentials.secretAccessKey}`).toString("base64")}`;
  await fixture.call("POST", "/user/repos", { name: "app", description: "<b>bold</b>" });
  await fixture.call("POST", "/user/repos", { name: "empty" });
  await fixture.write("aloft/app", "src/a.html", "<script>alert(1)</script>\n");
  sha = await fixture.write("aloft/app", "b.txt", "two\n");
  await fixture.call("POST", "/repos/aloft/app/git/refs", { ref: "refs/heads/feature/x", sha });
  const target_url = "http://127.0.0.1:4566/_aloft/console/#/pipelines/app";
  await fixture.call("POST", `/repos/aloft/app/statuses/${sha}`, {
    state: "failure",
    context: "aloft/app",
    target_url,
  });
});
afterAll(() => fixture[Symbol.asyncDispose]());

const get = (path: string, headers: Record<string, string> = { authorization: basic }) =>
  ask(fixture.cloud, { path: `/git/${path}`, headers });

describe("the Git host's pages", () => {
  it("are for who signs in, by the git credentials", async () => {
    const stranger = await get("", {});
    expect([stranger.status, stranger.headers["www-authenticate"]]).toEqual([401, 'Basic realm="aloft"']);
    expect(stranger.text).not.toContain("aloft/app");
    expect((await get("", { authorization: "Basic eDp5" })).status).toBe(401);
    const list = await get("");
    expect(list.text).toContain('<a href="/git/aloft/app">aloft/app</a>');
    expect(list.text).toContain("&lt;b&gt;bold&lt;/b&gt;");
    expect(String(list.headers["content-security-policy"])).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  it("show commits with what their pipelines say, and one with its changes and statuses", async () => {
    const commits = await get("aloft/app");
    expect(commits.text).toMatch(/failure<\/span>[\s\S]*write b\.txt[\s\S]*none[\s\S]*write src\/a\.html/);
    const one = await get(`aloft/app/commit/${sha}`);
    expect(one.text).toContain('<a href="http://127.0.0.1:4566/_aloft/console/#/pipelines/app">aloft/app</a>');
    expect(one.text).toContain('<span class="add">+two</span>');
    expect((await get("aloft/app/branches")).text).toContain("feature/x");
    expect((await get("aloft/app/commits/feature/x")).text).toContain("write b.txt");
  });

  it("show files at a reference, in which nothing runs", async () => {
    expect((await get("aloft/app/tree/main")).text).toContain('<a href="/git/aloft/app/tree/main/src">src/</a>');
    expect((await get("aloft/app/tree/feature/x/src")).text).toContain("/git/aloft/app/blob/feature/x/src/a.html");
    expect((await get("aloft/app/blob/main/src/a.html")).text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    const raw = await get("aloft/app/raw/main/src/a.html");
    expect(raw.headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
    });
    expect(raw.text).toBe("<script>alert(1)</script>\n");
    expect((await get("aloft/empty")).text).toContain("git push http://127.0.0.1:4566/git/aloft/empty.git main");
  });

  it("are not there for what is not there", async () => {
    for (const path of [
      "aloft/none",
      "nobody",
      "aloft/app/blob/main/none",
      "aloft/app/commit/ffffffff",
      "aloft/app/tree/none",
      "aloft/app/zzz",
      "aloft/app/pull/1",
      "aloft/app/%zz",
    ])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
  });
});
