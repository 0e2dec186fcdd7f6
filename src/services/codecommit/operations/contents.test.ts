import {
  BatchGetCommitsCommand,
  CreateBranchCommand,
  CreateCommitCommand,
  DeleteBranchCommand,
  DeleteFileCommand,
  GetBlobCommand,
  GetBranchCommand,
  GetCommitCommand,
  GetDifferencesCommand,
  GetFileCommand,
  GetFolderCommand,
  GetRepositoryCommand,
  ListBranchesCommand,
  PutFileCommand,
  UpdateDefaultBranchCommand,
} from "@aws-sdk/client-codecommit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CommitCloud, commitCloud } from "../testCommit.ts";

let made: CommitCloud;
beforeEach(async () => {
  made = await commitCloud();
});
afterEach(() => made[Symbol.asyncDispose]());

const app = { repositoryName: "app" } as const;
const put = (filePath: string, text: string, more: object = {}) =>
  made.client.send(
    new PutFileCommand({ ...app, branchName: "main", filePath, fileContent: Buffer.from(text), ...more }),
  );
const textOf = async (filePath: string, commitSpecifier?: string) => {
  const { fileContent } = await made.client.send(new GetFileCommand({ ...app, filePath, commitSpecifier }));
  return Buffer.from(fileContent ?? []).toString();
};

describe("a file", () => {
  it("begins a repository, and is changed by whoever knows the branch's head", async () => {
    const first = await put("/src/a.txt", "one", { name: "Ann", email: "ann@example.com", commitMessage: "First" });
    expect(first).toMatchObject({ commitId: expect.stringMatching(/^[0-9a-f]{40}$/), blobId: expect.any(String) });
    const { repositoryMetadata } = await made.client.send(new GetRepositoryCommand(app));
    expect(repositoryMetadata?.defaultBranch).toBe("main");
    const { commit } = await made.client.send(new GetCommitCommand({ ...app, commitId: first.commitId }));
    expect(commit).toEqual({
      commitId: first.commitId,
      treeId: first.treeId,
      parents: [],
      message: "First",
      author: { name: "Ann", email: "ann@example.com", date: expect.stringMatching(/^\d+ \+0000$/) },
      committer: commit?.author,
      additionalData: "",
    });
    const second = await put("src/a.txt", "two", { parentCommitId: first.commitId, fileMode: "EXECUTABLE" });
    expect(await textOf("src/a.txt")).toBe("two");
    expect(await textOf("src/a.txt", first.commitId)).toBe("one");
    const file = await made.client.send(new GetFileCommand({ ...app, filePath: "src/a.txt" }));
    expect(file).toMatchObject({
      commitId: second.commitId,
      blobId: second.blobId,
      fileMode: "EXECUTABLE",
      fileSize: 3,
    });
    const { content } = await made.client.send(new GetBlobCommand({ ...app, blobId: first.blobId }));
    expect(Buffer.from(content ?? []).toString()).toBe("one");
  });

  it("is refused where the head is not known, or nothing changes", async () => {
    const { commitId = "" } = await put("a", "one");
    const named = (name: string) => ({ name });
    await expect(put("a", "two")).rejects.toMatchObject(named("ParentCommitIdRequiredException"));
    await expect(put("a", "one", { parentCommitId: commitId })).rejects.toMatchObject(
      named("SameFileContentException"),
    );
    const second = await put("a", "two", { parentCommitId: commitId });
    await expect(put("a", "3", { parentCommitId: commitId })).rejects.toMatchObject(
      named("ParentCommitIdOutdatedException"),
    );
    await expect(put("a", "3", { parentCommitId: "1".repeat(40) })).rejects.toMatchObject(
      named("ParentCommitDoesNotExistException"),
    );
    await expect(put("a", "3", { parentCommitId: "main" })).rejects.toMatchObject(
      named("InvalidParentCommitIdException"),
    );
    const parentCommitId = second.commitId;
    await expect(put("a/b", "3", { parentCommitId })).rejects.toMatchObject(
      named("DirectoryNameConflictsWithFileNameException"),
    );
    await expect(put("../b", "3", { parentCommitId })).rejects.toMatchObject(named("InvalidPathException"));
    await expect(put("b", "3", { parentCommitId, branchName: "side" })).rejects.toMatchObject(
      named("BranchDoesNotExistException"),
    );
    await expect(put("b", "3", { parentCommitId, branchName: "a..b" })).rejects.toMatchObject(
      named("InvalidBranchNameException"),
    );
    await expect(put("b", "x".repeat(6 * 1024 * 1024 + 1), { parentCommitId })).rejects.toMatchObject(
      named("FileContentSizeLimitExceededException"),
    );
    await expect(textOf("none")).rejects.toMatchObject({
      name: "FileDoesNotExistException",
      message: "Could not find path none",
    });
    await expect(textOf("a", "none")).rejects.toMatchObject(named("CommitDoesNotExistException"));
  });

  it("is deleted, and may leave its folder", async () => {
    const first = await made.first({ "a/b/c": "c", "d/e": "e" });
    const remove = (filePath: string, parentCommitId: string | undefined, keepEmptyFolders: boolean) =>
      made.client.send(
        new DeleteFileCommand({ ...app, branchName: "main", filePath, parentCommitId, keepEmptyFolders }),
      );
    const kept = await remove("a/b/c", first, true);
    expect(kept).toMatchObject({ filePath: "a/b/c", blobId: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect(await textOf("a/b/.gitkeep")).toBe("");
    await remove("d/e", kept.commitId, false);
    await expect(made.client.send(new GetFolderCommand({ ...app, folderPath: "d" }))).rejects.toMatchObject({
      name: "FolderDoesNotExistException",
    });
    await expect(remove("d/e", await made.headOf(), false)).rejects.toMatchObject({
      name: "FileDoesNotExistException",
    });
  });
});

describe("a commit", () => {
  it("puts, copies, moves, deletes and sets modes at once", async () => {
    const parentCommitId = await made.first({ a: "a", b: "b", "c/d": "d", e: "e" });
    const done = await made.client.send(
      new CreateCommitCommand({
        ...{ ...app, branchName: "main", parentCommitId, authorName: "Ann", commitMessage: "All" },
        putFiles: [
          { filePath: "new", fileContent: Buffer.from("n"), fileMode: "SYMLINK" },
          { filePath: "a", fileContent: Buffer.from("aa") },
          { filePath: "copied", sourceFile: { filePath: "b" } },
          { filePath: "moved", sourceFile: { filePath: "c/d", isMove: true } },
        ],
        deleteFiles: [{ filePath: "e" }],
        setFileModes: [{ filePath: "b", fileMode: "EXECUTABLE" }],
      }),
    );
    const paths = (files: typeof done.filesAdded) => files?.map(({ absolutePath }) => absolutePath).sort();
    expect(paths(done.filesAdded)).toEqual(["copied", "moved", "new"]);
    expect(paths(done.filesUpdated)).toEqual(["a", "b"]);
    expect(paths(done.filesDeleted)).toEqual(["c/d", "e"]);
    const root = await made.client.send(new GetFolderCommand({ ...app, folderPath: "/" }));
    expect(root).toMatchObject({ commitId: done.commitId, treeId: done.treeId, folderPath: "", subFolders: [] });
    expect(root.files?.map(({ absolutePath, fileMode }) => [absolutePath, fileMode])).toEqual([
      ["a", "NORMAL"],
      ["b", "EXECUTABLE"],
      ["copied", "NORMAL"],
      ["moved", "NORMAL"],
    ]);
    expect(root.symbolicLinks?.map(({ relativePath }) => relativePath)).toEqual(["new"]);
  });

  it("is refused for what does not fit together", async () => {
    const parentCommitId = await made.first({ a: "a", "c/d": "d" });
    const refused = (input: object) =>
      made.client.send(new CreateCommitCommand({ ...app, branchName: "main", parentCommitId, ...input })).then(
        () => "none",
        ({ name }: Error) => name.replace("Exception", ""),
      );
    const text = (filePath: string, content = "x") => ({ filePath, fileContent: Buffer.from(content) });
    expect(await refused({})).toBe("FileEntryRequired");
    expect(await refused({ putFiles: [text("a", "a")] })).toBe("NoChange");
    expect(await refused({ putFiles: [text("x"), text("x")] })).toBe("SamePathRequest");
    expect(await refused({ putFiles: [text("x"), text("x/y")] })).toBe("PutFileEntryConflict");
    expect(await refused({ putFiles: [text("c")] })).toBe("FileNameConflictsWithDirectoryName");
    expect(await refused({ putFiles: [{ filePath: "x" }] })).toBe("SourceFileOrContentRequired");
    expect(await refused({ putFiles: [{ ...text("x"), sourceFile: { filePath: "a" } }] })).toBe(
      "FileContentAndSourceFileSpecified",
    );
    expect(await refused({ putFiles: [{ filePath: "x", sourceFile: { filePath: "c/.gitkeep" } }] })).toBe(
      "RestrictedSourceFile",
    );
    expect(await refused({ setFileModes: [{ filePath: "a" }] })).toBe("FileModeRequired");
    expect(await refused({ setFileModes: [{ filePath: "a", fileMode: "ODD" }] })).toBe("InvalidFileMode");
    expect(await refused({ putFiles: Array.from({ length: 101 }, (_, index) => text(`f${index}`)) })).toBe(
      "MaximumFileEntriesExceeded",
    );
    expect(await refused({ putFiles: [text("x")], email: "<a" })).toBe("InvalidEmail");
    // A folder gives way to a file where all that it held goes with the same commit.
    expect(await refused({ putFiles: [text("a/b")], deleteFiles: [{ filePath: "a" }] })).toBe("none");
  });

  it("is told of in a batch, and what is none as such", async () => {
    const first = await made.first({ a: "1" });
    const second = await made.commit({ a: "2" });
    const commitIds = [second, "1".repeat(40), "main", first];
    const { commits, errors } = await made.client.send(new BatchGetCommitsCommand({ ...app, commitIds }));
    expect(commits?.map(({ commitId, parents }) => [commitId, parents])).toEqual([
      [second, [first]],
      [first, []],
    ]);
    expect(errors?.map(({ commitId, errorCode }) => [commitId, errorCode])).toEqual([
      ["1".repeat(40), "CommitIdDoesNotExistException"],
      ["main", "InvalidCommitIdException"],
    ]);
    await expect(made.client.send(new GetCommitCommand({ ...app, commitId: "main" }))).rejects.toMatchObject({
      name: "InvalidCommitIdException",
    });
  });

  it("differs from another by its files", async () => {
    const first = await made.first({ a: "1", b: "b", "c/d": "d" });
    await made.commit({ a: "2", b: null, "c/e": "e" });
    const differences = async (more: object = {}) => {
      const input = { ...app, beforeCommitSpecifier: first, afterCommitSpecifier: "main", ...more };
      return made.client.send(new GetDifferencesCommand(input));
    };
    const { differences: all = [] } = await differences();
    expect(all.map(({ changeType, beforeBlob, afterBlob }) => [changeType, beforeBlob?.path, afterBlob?.path])).toEqual(
      [
        ["M", "a", "a"],
        ["D", "b", undefined],
        ["A", undefined, "c/e"],
      ],
    );
    expect(all[0]?.afterBlob).toEqual({ path: "a", mode: "100644", blobId: expect.any(String) });
    const below = await differences({ beforePath: "c", afterPath: "c" });
    expect(below.differences?.map(({ afterBlob }) => afterBlob?.path)).toEqual(["c/e"]);
    const page = await differences({ MaxResults: 2 });
    expect(page.differences).toHaveLength(2);
    expect((await differences({ MaxResults: 2, NextToken: page.NextToken })).differences).toHaveLength(1);
    const { differences: whole } = await differences({ beforeCommitSpecifier: undefined });
    expect(whole?.map(({ changeType }) => changeType)).toEqual(["A", "A", "A"]);
    await expect(differences({ beforePath: "none" })).rejects.toMatchObject({ name: "PathDoesNotExistException" });
  });
});

describe("a branch", () => {
  it("is made, listed, chosen and deleted", async () => {
    const commitId = await made.first({ a: "1" });
    const branch = (branchName: string) => ({ ...app, branchName });
    await made.client.send(new CreateBranchCommand({ ...branch("side/one"), commitId }));
    const list = async () => (await made.client.send(new ListBranchesCommand(app))).branches;
    expect(await list()).toEqual(["main", "side/one"]);
    const { branch: found } = await made.client.send(new GetBranchCommand(branch("side/one")));
    expect(found).toEqual({ branchName: "side/one", commitId });
    const remove = (name: string) => made.client.send(new DeleteBranchCommand(branch(name)));
    await expect(remove("main")).rejects.toMatchObject({ name: "DefaultBranchCannotBeDeletedException" });
    await made.client.send(new UpdateDefaultBranchCommand({ ...app, defaultBranchName: "side/one" }));
    expect((await remove("main")).deletedBranch).toEqual({ branchName: "main", commitId });
    expect((await remove("main")).deletedBranch).toBeUndefined();
    expect(await list()).toEqual(["side/one"]);
    const make = (name: string, at = commitId) =>
      made.client.send(new CreateBranchCommand({ ...branch(name), commitId: at }));
    await expect(make("side/one")).rejects.toMatchObject({ name: "BranchNameExistsException" });
    await expect(make("a b")).rejects.toMatchObject({ name: "InvalidBranchNameException" });
    await expect(make("c", "1".repeat(40))).rejects.toMatchObject({ name: "CommitDoesNotExistException" });
    await expect(make("c", "main")).rejects.toMatchObject({ name: "InvalidCommitIdException" });
  });
});
