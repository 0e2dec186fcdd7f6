import {
  BatchDescribeMergeConflictsCommand,
  CreateBranchCommand,
  CreateUnreferencedMergeCommitCommand,
  DescribeMergeConflictsCommand,
  GetCommitCommand,
  GetFileCommand,
  GetMergeCommitCommand,
  GetMergeConflictsCommand,
  GetMergeOptionsCommand,
  ListFileCommitHistoryCommand,
  MergeBranchesByFastForwardCommand,
  MergeBranchesBySquashCommand,
  MergeBranchesByThreeWayCommand,
} from "@aws-sdk/client-codecommit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CommitCloud, commitCloud } from "../testCommit.ts";

let made: CommitCloud;
let base: string;
beforeEach(async () => {
  made = await commitCloud();
  base = await made.first({ text: "1\n2\n3\n4\n5\n", only: "base" });
  await made.client.send(new CreateBranchCommand({ repositoryName: "app", branchName: "side", commitId: base }));
});
afterEach(() => made[Symbol.asyncDispose]());

const sides = { repositoryName: "app", sourceCommitSpecifier: "side", destinationCommitSpecifier: "main" } as const;
const options = async (more: object = {}) =>
  (await made.client.send(new GetMergeOptionsCommand({ ...sides, ...more }))).mergeOptions;
const textOf = async (filePath: string, commitSpecifier = "main") => {
  const asked = new GetFileCommand({ repositoryName: "app", filePath, commitSpecifier });
  return Buffer.from((await made.client.send(asked)).fileContent ?? []).toString();
};
const encoded = (text: string) => Buffer.from(text).toString("base64");
const LINES = { conflictDetailLevel: "LINE_LEVEL" } as const;

describe("a merge", () => {
  it("goes forward where the destination has nothing of its own", async () => {
    const head = await made.commit({ text: "1\n" }, "side");
    expect(await options()).toEqual(["FAST_FORWARD_MERGE", "SQUASH_MERGE", "THREE_WAY_MERGE"]);
    const merged = await made.client.send(new MergeBranchesByFastForwardCommand(sides));
    expect(merged.commitId).toBe(head);
    expect(await made.headOf()).toBe(head);
    await made.commit({ other: "o" });
    await made.commit({ more: "m" }, "side");
    await expect(made.client.send(new MergeBranchesByFastForwardCommand(sides))).rejects.toMatchObject({
      name: "ManualMergeRequiredException",
    });
  });

  it("brings different files together, with both parents or one", async () => {
    const source = await made.commit({ only: null, new: "n" }, "side");
    const destination = await made.commit({ text: "t" });
    expect(await options()).toEqual(["SQUASH_MERGE", "THREE_WAY_MERGE"]);
    const parentsOf = async (commitId: string | undefined) =>
      (await made.client.send(new GetCommitCommand({ repositoryName: "app", commitId }))).commit?.parents;
    await made.client.send(
      new CreateBranchCommand({ repositoryName: "app", branchName: "third", commitId: destination }),
    );
    const squash = { ...sides, destinationCommitSpecifier: "third", authorName: "Ann", commitMessage: "Squashed" };
    const squashed = await made.client.send(new MergeBranchesBySquashCommand(squash));
    expect(await parentsOf(squashed.commitId)).toEqual([destination]);
    const merged = await made.client.send(new MergeBranchesByThreeWayCommand(sides));
    expect(await parentsOf(merged.commitId)).toEqual([destination, source]);
    expect([await textOf("text"), await textOf("new")]).toEqual(["t", "n"]);
    await expect(textOf("only")).rejects.toMatchObject({ name: "FileDoesNotExistException" });
    const found = await made.client.send(new GetMergeCommitCommand(sides));
    expect(found).toMatchObject({ sourceCommitId: source, mergedCommitId: merged.commitId });
  });

  it("of one file is for lines to tell", async () => {
    await made.commit({ text: "one\n2\n3\n4\n5\n" }, "side");
    await made.commit({ text: "1\n2\n3\n4\nfive\n" });
    expect(await options()).toEqual([]);
    expect(await options(LINES)).toEqual(["SQUASH_MERGE", "THREE_WAY_MERGE"]);
    await expect(made.client.send(new MergeBranchesByThreeWayCommand(sides))).rejects.toMatchObject({
      name: "ManualMergeRequiredException",
    });
    await made.client.send(new MergeBranchesByThreeWayCommand({ ...sides, ...LINES }));
    expect(await textOf("text")).toBe("one\n2\n3\n4\nfive\n");
  });

  it("in conflict is described, and settled by a side or by hand", async () => {
    await made.commit({ text: "1\nside\n3\n4\n5\n", only: null }, "side");
    await made.commit({ text: "1\nmain\n3\n4\n5\n", only: "main" });
    const rules = { ...sides, ...LINES, mergeOption: "THREE_WAY_MERGE" } as const;
    const found = await made.client.send(new GetMergeConflictsCommand(rules));
    expect(found).toMatchObject({ mergeable: false, baseCommitId: base });
    expect(found.conflictMetadataList?.map(({ filePath }) => filePath)).toEqual(["only", "text"]);
    const { mergeHunks, conflictMetadata } = await made.client.send(
      new DescribeMergeConflictsCommand({ ...rules, filePath: "text" }),
    );
    expect(mergeHunks).toEqual([
      {
        isConflict: true,
        source: { startLine: 2, endLine: 2, hunkContent: encoded("side\n") },
        destination: { startLine: 2, endLine: 2, hunkContent: encoded("main\n") },
        base: { startLine: 2, endLine: 2, hunkContent: encoded("2\n") },
      },
    ]);
    expect(conflictMetadata).toMatchObject({
      fileSizes: { source: 13, destination: 13, base: 10 },
      fileModes: { source: "NORMAL", destination: "NORMAL", base: "NORMAL" },
      objectTypes: { source: "FILE", destination: "FILE", base: "FILE" },
      numberOfConflicts: 1,
      isBinaryFile: { source: false, destination: false, base: false },
      contentConflict: true,
      fileModeConflict: false,
      objectTypeConflict: false,
      mergeOperations: { source: "M", destination: "M" },
    });
    const batch = await made.client.send(
      new BatchDescribeMergeConflictsCommand({ ...rules, filePaths: ["only", "none"] }),
    );
    expect(batch.conflicts?.[0]?.conflictMetadata?.mergeOperations).toEqual({ source: "D", destination: "M" });
    expect(batch.errors).toEqual([
      expect.objectContaining({ filePath: "none", exceptionName: "FileDoesNotExistException" }),
    ]);
    const unreferenced = async (more: object) =>
      (await made.client.send(new CreateUnreferencedMergeCommitCommand({ ...rules, ...more }))).commitId;
    const taken = await unreferenced({ conflictResolutionStrategy: "ACCEPT_SOURCE" });
    expect(await textOf("text", taken)).toBe("1\nside\n3\n4\n5\n");
    await expect(textOf("only", taken)).rejects.toMatchObject({ name: "FileDoesNotExistException" });
    const kept = await unreferenced({ conflictResolutionStrategy: "ACCEPT_DESTINATION" });
    expect([await textOf("text", kept), await textOf("only", kept)]).toEqual(["1\nmain\n3\n4\n5\n", "main"]);
    const by = (replaceContents: object[], deleteFiles: object[] = []) => ({
      conflictResolutionStrategy: "AUTOMERGE",
      conflictResolution: { replaceContents, deleteFiles },
    });
    const whole = { filePath: "text", replacementType: "USE_NEW_CONTENT", content: Buffer.from("both") };
    const settled = await unreferenced(by([whole], [{ filePath: "only" }]));
    expect(await textOf("text", settled)).toBe("both");
    const refused = (more: object) =>
      unreferenced(more).then(
        () => "none",
        ({ name }: Error) => name,
      );
    expect(await refused(by([whole]))).toBe("ManualMergeRequiredException");
    expect(await refused(by([whole, whole]))).toBe("MultipleConflictResolutionEntriesException");
    expect(await refused(by([{ ...whole, filePath: "none" }]))).toBe("InvalidConflictResolutionException");
    expect(
      await refused(
        by([
          { filePath: "text", replacementType: "USE_NEW_CONTENT" },
          { filePath: "only", replacementType: "KEEP_BASE" },
        ]),
      ),
    ).toBe("ReplacementContentRequiredException");
    expect(await made.headOf()).toBe(found.destinationCommitId);
  });

  it("of modes, of binary files and of a file with a folder is in conflict", async () => {
    await made.commit({ bin: "\0side", "only/inside": "f", only: null }, "side");
    await made.commit({ bin: "\0main", only: "main" });
    const { conflictMetadataList = [] } = await made.client.send(
      new GetMergeConflictsCommand({ ...sides, ...LINES, mergeOption: "SQUASH_MERGE" }),
    );
    const byPath = new Map(conflictMetadataList.map((each) => [each.filePath, each]));
    expect(byPath.get("bin")).toMatchObject({
      isBinaryFile: { source: true, destination: true },
      contentConflict: true,
    });
    expect(byPath.get("only/inside")?.objectTypeConflict).toBe(true);
  });

  it("is refused for what names no commit, or no branch to go to", async () => {
    await made.commit({ more: "m" }, "side");
    const refused = (more: object) =>
      made.client.send(new MergeBranchesBySquashCommand({ ...sides, ...more })).then(
        () => "none",
        ({ name }: Error) => name,
      );
    expect(await refused({ sourceCommitSpecifier: "none" })).toBe("CommitDoesNotExistException");
    expect(await refused({ targetBranch: "none" })).toBe("InvalidTargetBranchException");
    expect(await refused({ destinationCommitSpecifier: base })).toBe("BranchDoesNotExistException");
    expect(await refused({ conflictDetailLevel: "ODD" })).toBe("InvalidConflictDetailLevelException");
    expect(await refused({ destinationCommitSpecifier: base, targetBranch: "main" })).toBe("none");
  });
});

it("a file's history is told commit by commit", async () => {
  const second = await made.commit({ text: "2" });
  await made.commit({ other: "o" });
  const third = await made.commit({ text: "3" });
  const asked = (more: object = {}) =>
    made.client.send(new ListFileCommitHistoryCommand({ repositoryName: "app", filePath: "text", ...more }));
  const { revisionDag = [] } = await asked();
  expect(revisionDag.map(({ commit, revisionChildren }) => [commit?.commitId, revisionChildren])).toEqual([
    [third, []],
    [second, [third]],
    [base, [second]],
  ]);
  const page = await asked({ maxResults: 2 });
  expect((await asked({ maxResults: 2, nextToken: page.nextToken })).revisionDag).toHaveLength(1);
  await expect(asked({ filePath: "none" })).rejects.toMatchObject({ name: "FileDoesNotExistException" });
});
