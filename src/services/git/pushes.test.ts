import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FLUSH, packet } from "./door/pktLine.ts";
import { type GitFixture, gitFixture, SECRET } from "./testGit.ts";

let fixture: GitFixture;

beforeEach(async () => {
  fixture = await gitFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const basic = `Basic ${Buffer.from(`x:${SECRET}`).toString("base64")}`;

describe("pushes", () => {
  it("are told in the order in which they were taken, also when many come at once", async () => {
    const { git, commit, remote, pushes } = fixture;
    await git("init", "-q");
    const ids = [await commit("0")];
    await git("push", remote(), "main");
    for (let n = 1; n <= 4; n++) ids.push(await commit(String(n)));
    // Each to a branch of its own, and then the same commits one after the other to one.
    await Promise.all(ids.map((id, n) => git("push", "-o", "nowait", remote(), `${id}:refs/heads/side${n}`)));
    for (const id of ids) await git("push", "-o", "nowait", remote(), `${id}:refs/heads/line`);
    const told = (ref: RegExp) => pushes.filter(({ detail }) => ref.test(String(detail["ref"])));
    expect(told(/side/).map(({ detail }) => detail["commits"])).toEqual(
      expect.arrayContaining(ids.slice(1).map((id) => [id])),
    );
    expect(told(/line/).flatMap(({ detail }) => detail["commits"])).toEqual(ids);
  });

  it("of which one alone can win leave the other to fetch first", async () => {
    const { git, commit, remote, pushes } = fixture;
    await git("init", "-q");
    const base = await commit("base");
    await git("push", remote(), "main");
    const mine = await commit("mine");
    await git("reset", "-q", "--hard", base);
    const theirs = await commit("theirs");
    const both = await Promise.allSettled([mine, theirs].map((id) => git("push", remote(), `${id}:main`)));
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(pushes).toHaveLength(2);
  });

  it("of tags tell the commit, whether or not the tag has words of its own", async () => {
    const { git, commit, remote, pushes } = fixture;
    await git("init", "-q");
    const head = await commit("one");
    await git("tag", "light");
    await git("tag", "-a", "v1", "-m", "the first");
    await git("push", remote(), "main", "--tags");
    expect(pushes.map(({ detail }) => [detail["ref"], detail["commits"]])).toEqual([
      ["refs/heads/main", [head]],
      ["refs/tags/light", [head]],
      ["refs/tags/v1", [head]],
    ]);
    await git("push", remote(), ":refs/tags/v1");
    expect(pushes.at(-1)?.detail).toMatchObject({ ref: "refs/tags/v1", commits: [] });
  });

  it("to an empty repository choose its default branch", async () => {
    const { git, commit, remote } = fixture;
    await git("init", "-q", "-b", "trunk");
    await commit("one");
    await git("push", remote(), "trunk");
    await git("clone", "-q", remote(), "copy");
    expect(readFileSync(join(fixture.folder, "copy/.git/HEAD"), "utf8")).toBe("ref: refs/heads/trunk\n");
    await expect(git("push", remote(), ":trunk")).rejects.toThrow("refusing to delete the current branch");
  });

  it("carry packs larger than any buffer, there and back", async () => {
    const { git, commit, remote, folder } = fixture;
    await git("init", "-q");
    const bytes = randomBytes(4 * 1024 * 1024);
    writeFileSync(join(folder, "large"), bytes);
    await commit("large");
    await git("push", "-o", "nowait", remote(), "main");
    await git("clone", "-q", remote(), "copy");
    const digest = (data: Buffer) => createHash("sha256").update(data).digest("hex");
    expect(digest(readFileSync(join(folder, "copy/large")))).toBe(digest(bytes));
  });

  it("broken off in the middle leave nothing behind", async () => {
    const { git, commit, remote, cloud, pushes } = fixture;
    await git("init", "-q");
    const head = await commit("one");
    await git("push", remote(), "main");
    const command = packet(Buffer.from(`${"0".repeat(40)} ${head} refs/heads/half\0report-status side-band-64k`));
    const start = Buffer.concat([command, FLUSH, Buffer.from("PACK\0\0\0\x02\0\0\0\x05half")]);
    const socket = connect(cloud.port, "127.0.0.1");
    const lines = ["POST /git/owner/app.git/git-receive-pack HTTP/1.1", `host: 127.0.0.1:${cloud.port}`];
    const head1 = [...lines, `authorization: ${basic}`, "content-type: application/x-git-receive-pack-request"];
    socket.write(`${[...head1, "content-length: 100000"].join("\r\n")}\r\n\r\n`);
    await new Promise<void>((resolve) => socket.write(start, () => resolve()));
    socket.destroy();
    await new Promise((resolve) => socket.once("close", resolve));
    expect((await git("ls-remote", remote())).stdout).not.toContain("half");
    const second = await commit("two");
    await git("push", remote(), "main");
    expect(pushes.at(-1)?.detail).toMatchObject({ commits: [second] });
  });

  it("may be compressed, and are refused when they are none", async () => {
    const { git, commit, remote, cloud } = fixture;
    await git("init", "-q");
    const head = await commit("one");
    await git("push", remote(), "main");
    const post = (body: Buffer, more: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${cloud.port}/git/owner/app.git/git-receive-pack`, {
        method: "POST",
        headers: { authorization: basic, "content-type": "application/x-git-receive-pack-request", ...more },
        body,
      });
    const deletion = `${head} ${"0".repeat(40)} refs/heads/none\0report-status delete-refs`;
    const answered = await post(gzipSync(Buffer.concat([packet(Buffer.from(deletion)), FLUSH])), {
      "content-encoding": "gzip",
    });
    expect(await answered.text()).toContain("unpack ok");
    expect((await post(Buffer.from("no gzip"), { "content-encoding": "gzip" })).status).toBe(400);
    expect((await post(Buffer.from("zzzz no push"))).status).toBe(400);
    expect((await post(packet(Buffer.alloc(60_000, "a")))).status).toBe(200);
    const endless = Buffer.concat(Array.from({ length: 20 }, () => packet(Buffer.alloc(60_000, "a"))));
    expect((await post(endless)).status).toBe(400);
  });
});

describe("tokens", () => {
  it("of Secrets Manager open every repository, and follow the secret", async () => {
    const { git, commit, remote, cloud } = fixture;
    await git("init", "-q");
    await commit("one");
    await expect(git("push", remote("ghp_token"), "main")).rejects.toThrow("Authentication failed");
    const secrets = new SecretsManagerClient({
      region: cloud.region,
      endpoint: cloud.endpoint,
      credentials: cloud.credentials,
    });
    const Name = "github/personal-access-token";
    await secrets.send(new CreateSecretCommand({ Name, SecretString: "ghp_token" }));
    await git("push", remote("ghp_token"), "main");
    await git("push", remote("ghp_token", "someone/else.git"), "main");
    expect((await git("ls-remote", remote(SECRET, "someone/else.git"))).stdout).toContain("refs/heads/main");
    await expect(git("ls-remote", remote("ghp_tokeN"))).rejects.toThrow("Authentication failed");
  });
});

describe("protected branches", () => {
  const api = (method: string, path: string, body: object) =>
    fetch(`${fixture.cloud.endpoint}/git/api/v3/repos/owner/app/${path}`.replace(/\/$/, ""), {
      method,
      headers: { authorization: `Bearer ${SECRET}` },
      body: JSON.stringify(body),
    });
  const protect = (more: object = {}) =>
    api("PUT", "branches/main/protection", {
      required_status_checks: null,
      enforce_admins: false,
      required_pull_request_reviews: null,
      restrictions: null,
      ...more,
    });

  it("are neither forced nor removed, while all else goes on", async () => {
    const { git, commit, remote, pushes } = fixture;
    await git("init", "-q");
    const first = await commit("one");
    await git("push", remote(), "main", "main:other");
    const second = await commit("two");
    await git("push", remote(), "main");
    expect((await protect()).status).toBe(200);
    const forced = git("push", "--force", remote(), `${first}:main`, `${second}:other`);
    await expect(forced).rejects.toThrow(
      /GH006: Protected branch update failed for refs\/heads\/main\.\s+remote: error: Cannot force-push to a protected branch/,
    );
    expect((await git("ls-remote", remote(), "main")).stdout).toContain(second);
    expect(pushes.at(-1)?.detail).toMatchObject({ ref: "refs/heads/other", commits: [second] });
    await api("PATCH", "", { default_branch: "other" });
    await expect(git("push", remote(), ":main")).rejects.toThrow(
      /Cannot delete a protected branch[\s\S]*! \[remote rejected\] main \(protected branch hook declined\)/,
    );
    const third = await commit("three");
    await git("push", remote(), "main");
    expect(pushes.at(-1)?.detail).toMatchObject({ commits: [third] });
    await protect({ allow_force_pushes: true });
    await git("push", "--force", remote(), `${first}:main`);
    expect(pushes.at(-1)?.detail).toMatchObject({ commits: [first] });
  });

  it("ask for the checks they require, of administrators only where they say so", async () => {
    const { git, commit, remote } = fixture;
    await git("init", "-q");
    await commit("one");
    await git("push", remote(), "main");
    await protect({ required_status_checks: { strict: false, contexts: ["ci"] }, enforce_admins: true });
    const second = await commit("two");
    await expect(git("push", remote(), "main")).rejects.toThrow('Required status check "ci" is expected.');
    await git("push", "-o", "nowait", remote(), "main:try");
    expect((await api("POST", `statuses/${second}`, { state: "success", context: "ci" })).status).toBe(201);
    await git("push", remote(), "main");
    await protect({ enforce_admins: true, required_pull_request_reviews: { required_approving_review_count: 0 } });
    await commit("three");
    await expect(git("push", remote(), "main")).rejects.toThrow("Changes must be made through a pull request.");
    expect((await git("push", "-o", "nowait", remote(), "main:work")).stderr).toContain("No pipeline");
    expect((await api("POST", "pulls", { title: "three", head: "work", base: "main" })).status).toBe(201);
    expect((await api("PUT", "pulls/1/merge", {})).status).toBe(200);
  });
});
