import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { app, type OctokitFixture, octokitFixture } from "./testOctokit.ts";

let fixture: OctokitFixture;
let octokit: Octokit;
let first = "";

beforeEach(async () => {
  fixture = await octokitFixture();
  ({ octokit, first } = fixture);
});
afterEach(() => fixture[Symbol.asyncDispose]());

const textAt = async (path: string, ref: string) => {
  const { data } = await octokit.repos.getContent({ ...app, path, ref, mediaType: { format: "raw" } });
  return String(data);
};
const branchWith: OctokitFixture["branchWith"] = (...args) => fixture.branchWith(...args);

describe("objects made by calls", () => {
  it("become a commit on a branch, with files that change, come and go", async () => {
    const blob = await octokit.git.createBlob({ ...app, content: "AAE=", encoding: "base64" });
    const base = await octokit.git.getCommit({ ...app, commit_sha: first });
    const file = { mode: "100644", type: "blob" } as const;
    const tree = await octokit.git.createTree({
      ...app,
      base_tree: base.data.tree.sha,
      tree: [
        { ...file, path: "bytes", sha: blob.data.sha },
        { ...file, path: "folder/run.sh", mode: "100755", content: "echo hello" },
        { ...file, path: "README.md", sha: null },
      ],
    });
    expect(tree.data.tree.map(({ path, type }) => [path, type])).toEqual([
      ["bytes", "blob"],
      ["folder", "tree"],
    ]);
    const author = { name: "Ada", email: "ada@example.com", date: "2024-05-06T07:08:09Z" };
    const commit = await octokit.git.createCommit({
      ...app,
      message: "Made of parts",
      tree: tree.data.sha,
      parents: [first],
      author,
    });
    expect(commit.data).toMatchObject({
      author,
      committer: author,
      parents: [{ sha: first }],
      message: "Made of parts",
    });
    await octokit.git.updateRef({ ...app, ref: "heads/main", sha: commit.data.sha });
    expect(await textAt("folder/run.sh", "main")).toBe("echo hello");
    const moved = await octokit.git.createTree({
      ...app,
      tree: [{ path: "elsewhere", mode: "040000", type: "tree", sha: tree.data.tree[1]?.sha ?? "" }],
    });
    expect(moved.data.tree.map(({ path, sha }) => [path, sha])).toEqual([["elsewhere", tree.data.tree[1]?.sha]]);
  });

  it("are refused where they name what is not there", async () => {
    const nowhere = "0".repeat(39).concat("1");
    const entry = { path: "a", mode: "100644", type: "blob", sha: nowhere } as const;
    await expect(octokit.git.createTree({ ...app, tree: [entry] })).rejects.toMatchObject({ status: 422 });
    const climbing = { path: "../a", mode: "100644", type: "blob", content: "x" } as const;
    await expect(octokit.git.createTree({ ...app, tree: [climbing] })).rejects.toMatchObject({ status: 422 });
    const commit = { ...app, message: "m", tree: nowhere, parents: [] };
    await expect(octokit.git.createCommit(commit)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining("Tree SHA does not exist"),
    });
    await expect(octokit.git.getTag({ ...app, tag_sha: first })).rejects.toMatchObject({ status: 404 });
  });

  it("tag a commit with a message", async () => {
    const made = await octokit.git.createTag({
      ...app,
      tag: "v1",
      message: "One\n\nand more",
      object: first,
      type: "commit",
    });
    await octokit.git.createRef({ ...app, ref: "refs/tags/v1", sha: made.data.sha });
    const { data } = await octokit.git.getTag({ ...app, tag_sha: made.data.sha });
    expect(data).toMatchObject({
      tag: "v1",
      message: "One\n\nand more",
      object: { sha: first, type: "commit" },
      tagger: { name: "aloft" },
    });
  });
});

describe("branches", () => {
  it("are merged into each other, unless they have been or are in conflict", async () => {
    await branchWith("one", "one.txt", "1");
    await branchWith("two", "one.txt", "2");
    const merged = await octokit.repos.merge({ ...app, base: "main", head: "one" });
    expect(merged).toMatchObject({ status: 201, data: { commit: { message: "Merge one into main" } } });
    expect((await octokit.repos.merge({ ...app, base: "main", head: "one" })).status).toBe(204);
    await expect(octokit.repos.merge({ ...app, base: "main", head: "two" })).rejects.toMatchObject({ status: 409 });
    await expect(octokit.repos.merge({ ...app, base: "none", head: "two" })).rejects.toMatchObject({ status: 404 });
  });

  it("of pull requests take what their base has got meanwhile, and commits know their pull requests", async () => {
    const head = await branchWith("work", "work.txt", "w");
    await branchWith("other", "other.txt", "o");
    const { data: pull } = await octokit.pulls.create({ ...app, title: "Work", head: "work", base: "main" });
    const update = { ...app, pull_number: pull.number };
    await expect(octokit.pulls.updateBranch(update)).rejects.toMatchObject({ status: 422 });
    await octokit.repos.merge({ ...app, base: "main", head: "other" });
    expect((await octokit.pulls.updateBranch({ ...update, expected_head_sha: head })).status).toBe(202);
    expect(await textAt("other.txt", "work")).toBe("o");
    const found = await octokit.repos.listPullRequestsAssociatedWithCommit({ ...app, commit_sha: head });
    expect(found.data.map(({ number }) => number)).toEqual([pull.number]);
  });

  it("come page by page, by the links of the answers", async () => {
    for (let index = 0; index < 4; index++)
      await octokit.git.createRef({ ...app, ref: `refs/heads/b${index}`, sha: first });
    const all = await octokit.paginate(octokit.repos.listBranches, { ...app, per_page: 2 });
    expect(all.map(({ name }) => name).sort()).toEqual(["b0", "b1", "b2", "b3", "main"]);
  });
});

describe("releases", () => {
  it("have files that are uploaded, listed, given out, renamed and removed", async () => {
    const { data: release } = await octokit.repos.createRelease({ ...app, tag_name: "v1" });
    const asset = { ...app, release_id: release.id, name: "app.zip", data: "the bytes" };
    const headers = { "content-type": "application/zip" };
    const { data: uploaded } = await octokit.repos.uploadReleaseAsset({ ...asset, url: release.upload_url, headers });
    expect(uploaded).toMatchObject({ name: "app.zip", size: 9, content_type: "application/zip", state: "uploaded" });
    const again = octokit.repos.uploadReleaseAsset({ ...asset, url: release.upload_url, headers });
    await expect(again).rejects.toMatchObject({ status: 422, message: expect.stringContaining("already_exists") });
    const { data: latest } = await octokit.repos.getLatestRelease(app);
    expect(latest.assets.map(({ id }) => id)).toEqual([uploaded.id]);
    const one = { ...app, asset_id: uploaded.id };
    const bytes = await octokit.repos.getReleaseAsset({ ...one, headers: { accept: "application/octet-stream" } });
    expect(Buffer.from(bytes.data as unknown as ArrayBuffer).toString()).toBe("the bytes");
    const renamed = await octokit.repos.updateReleaseAsset({ ...one, name: "other.zip" });
    expect(renamed.data).toMatchObject({ name: "other.zip", download_count: 1 });
    await octokit.repos.deleteReleaseAsset(one);
    expect((await octokit.repos.listReleaseAssets({ ...app, release_id: release.id })).data).toEqual([]);
    await expect(octokit.repos.getReleaseAsset(one)).rejects.toMatchObject({ status: 404 });
  });

  it("and branches are downloaded as archives", async () => {
    const zip = await octokit.repos.downloadZipballArchive({ ...app, ref: "main" });
    expect(
      Buffer.from(zip.data as ArrayBuffer)
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");
    expect(zip.headers["content-disposition"]).toBe(`attachment; filename=owner-app-${first.slice(0, 7)}.zip`);
    await expect(octokit.repos.downloadTarballArchive({ ...app, ref: "none" })).rejects.toMatchObject({ status: 404 });
  });
});

it("says of limits what a server without any says", async () => {
  await expect(octokit.rateLimit.get()).rejects.toMatchObject({
    status: 404,
    message: expect.stringContaining("Rate limiting is not enabled."),
  });
});

it("refuses files of Git LFS by name, in its protocol", async () => {
  const answer = await fetch(`${fixture.cloud.endpoint}/git/owner/app.git/info/lfs/objects/batch`, { method: "POST" });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([501, "application/vnd.git-lfs+json"]);
  expect(await answer.json()).toMatchObject({ message: expect.stringContaining("Git LFS") });
});
