import { Octokit } from "@octokit/rest";
import { type Cloud, startCloud } from "../../../index.ts";

const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export const app = { owner: "owner", repo: "app" };

/** GitHub's own client, as actions and tools use it against a server of one's own, and a repository with one commit. */
export interface OctokitFixture extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly octokit: Octokit;
  readonly first: string;
  /** The same client for somebody who shows the password under a name of his own. */
  as(login: string): Octokit;
  /** A commit of one more file on a branch of its own; gives the commit's id. */
  branchWith(branch: string, path: string, content: string): Promise<string>;
}

export const octokitFixture = async (): Promise<OctokitFixture> => {
  const cloud = await startCloud({ credentials, port: 0 });
  const options = { baseUrl: `${cloud.endpoint}/git/api/v3`, log: quiet };
  const octokit = new Octokit({ ...options, auth: credentials.secretAccessKey });
  await octokit.repos.createInOrg({ org: app.owner, name: app.repo, auto_init: true });
  const first = (await octokit.repos.getBranch({ ...app, branch: "main" })).data.commit.sha;
  return {
    cloud,
    octokit,
    first,
    as: (login) => {
      const named = new Octokit(options);
      const basic = Buffer.from(`${login}:${credentials.secretAccessKey}`).toString("base64");
      named.hook.before("request", ({ headers }) => {
        headers.authorization = `Basic ${basic}`;
      });
      return named;
    },
    branchWith: async (branch, path, content) => {
      await octokit.git.createRef({ ...app, ref: `refs/heads/${branch}`, sha: first });
      const text = Buffer.from(content).toString("base64");
      const file = { ...app, branch, path, message: path, content: text };
      return (await octokit.repos.createOrUpdateFileContents(file)).data.commit.sha ?? "";
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
};
