import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitFixture, gitFixture, SECRET } from "./testGit.ts";

let fixture: GitFixture;

beforeEach(async () => {
  fixture = await gitFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

describe("the Git host", () => {
  it("takes a push, makes the repository for its owner, and gives it back by clone", async () => {
    const { git, commit, remote, pushes } = fixture;
    await git("init", "-q");
    const first = await commit("one");
    const { stderr } = await git("push", remote(), "main");
    expect(stderr).toContain("remote: No pipeline takes its source from here.");
    expect(pushes.map(({ detail }) => detail)).toEqual([
      {
        owner: "owner",
        repository: "app",
        ref: "refs/heads/main",
        before: null,
        commits: [first],
        changes: { [first]: ["file"] },
      },
    ]);
    await git("clone", "-q", remote(), "copy");
    expect(readFileSync(join(fixture.folder, "copy/file"), "utf8")).toBe("one");
  });

  it("tells each commit of a push, in order, and branches that were set back or removed", async () => {
    const { git, commit, remote, pushes } = fixture;
    await git("init", "-q");
    const first = await commit("one");
    await git("push", remote(), "main");
    const two = [await commit("two"), await commit("three")];
    await git("push", remote(), "main");
    expect(pushes.at(-1)?.detail).toMatchObject({ before: first, commits: two });
    await git("reset", "-q", "--hard", first);
    await git("push", "--force", remote(), "main", "main:side");
    expect(pushes.at(-1)?.detail).toMatchObject({ ref: "refs/heads/side", commits: [first] });
    expect(pushes.at(-2)?.detail).toMatchObject({ ref: "refs/heads/main", before: two[1], commits: [first] });
    await git("push", remote(), "--delete", "side");
    expect(pushes.at(-1)?.detail).toMatchObject({ ref: "refs/heads/side", before: first, commits: [] });
  });

  it("takes a pack that is larger than one buffer, and push options", async () => {
    const { git, commit, remote, pushes } = fixture;
    await git("init", "-q");
    await commit(Array.from({ length: 400_000 }, (_, i) => (i * 7919 * i).toString(36)).join(""));
    await git("push", "-o", "nowait", remote(), "main");
    expect(pushes).toHaveLength(1);
  });

  it("refuses strangers and what is not there", async () => {
    const { git, commit, remote, pushes } = fixture;
    await git("init", "-q");
    await commit("one");
    await expect(git("push", remote("wrong"), "main")).rejects.toThrow("Authentication failed");
    await expect(git("ls-remote", `http://127.0.0.1:${fixture.cloud.port}/git/owner/app.git`)).rejects.toThrow(
      "could not read",
    );
    await expect(git("ls-remote", remote())).rejects.toThrow("not found");
    expect(pushes).toEqual([]);
    const config = `http://127.0.0.1:${fixture.cloud.port}/git/owner/app.git/config`;
    expect((await fetch(config)).status).toBe(401);
    const authorization = `Basic ${Buffer.from(`x:${SECRET}`).toString("base64")}`;
    expect((await fetch(config, { headers: { authorization } })).status).toBe(404);
  });
});
