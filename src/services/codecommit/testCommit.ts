import {
  CodeCommitClient,
  CreateCommitCommand,
  CreateRepositoryCommand,
  GetBranchCommand,
  type PutFileEntry,
} from "@aws-sdk/client-codecommit";
import { type TestCloud, testCloud } from "../../../test/harness.ts";

/** A cloud with the repository `app`, and the means to put commits on its branches. */
export const commitCloud = async (options?: Parameters<typeof testCloud>[0]) => {
  const cloud = await testCloud(options);
  const client = cloud.client(CodeCommitClient);
  await client.send(new CreateRepositoryCommand({ repositoryName: "app" }));
  return { cloud, client, ...committer(client), [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose]() };
};

export type CommitCloud = Awaited<ReturnType<typeof commitCloud>>;

const committer = (client: ReturnType<TestCloud["client"]> & CodeCommitClient) => {
  const headOf = async (branchName = "main") =>
    (await client.send(new GetBranchCommand({ repositoryName: "app", branchName }))).branch?.commitId ?? "";
  /** Puts files by their paths, and takes those away that are null; gives the commit's id. */
  const commit = async (files: Readonly<Record<string, string | null>>, branchName = "main", isFirst = false) => {
    const putFiles = Object.entries(files).flatMap(([filePath, text]): PutFileEntry[] =>
      text === null ? [] : [{ filePath, fileContent: Buffer.from(text) }],
    );
    const deleteFiles = Object.keys(files).flatMap((filePath) => (files[filePath] === null ? [{ filePath }] : []));
    const parentCommitId = isFirst ? undefined : await headOf(branchName);
    const { commitId = "" } = await client.send(
      new CreateCommitCommand({ repositoryName: "app", branchName, parentCommitId, putFiles, deleteFiles }),
    );
    return commitId;
  };
  return { headOf, commit, first: (files: Readonly<Record<string, string>>) => commit(files, "main", true) };
};
