import { ask } from "../../../../test/ask.ts";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

/** An answer of the API, its body read. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  // Answers are looked at by tests in whatever shape they have.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly body: any;
}

export interface ApiFixture extends AsyncDisposable {
  readonly cloud: TestCloud;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
  /** Writes a file by a commit of its own; gives the commit's id. */
  write(repository: string, path: string, text: string, more?: object): Promise<string>;
}

/** The same with the repository `aloft/app` of one file, and the id of its last commit. */
export const repositoryFixture = async (): Promise<ApiFixture & { readonly head: string }> => {
  const fixture = await apiFixture();
  await fixture.call("POST", "/user/repos", { name: "app", auto_init: true });
  return { ...fixture, head: await fixture.write("aloft/app", "file", "text") };
};

/** A cloud in memory, asked by GitHub's API as its owner. */
export const apiFixture = async (): Promise<ApiFixture> => {
  const cloud = await testCloud();
  const call: ApiFixture["call"] = async (method, path, body, headers = {}) => {
    const answer = await ask(cloud, {
      method,
      path: `/git/api/v3${path}`,
      headers: { authorization: `token ${cloud.credentials.secretAccessKey}`, ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const isJson = String(answer.headers["content-type"]).startsWith("application/json");
    return { ...answer, body: isJson && answer.text !== "" ? answer.json() : answer.text };
  };
  return {
    cloud,
    call,
    write: async (repository, path, text, more = {}) => {
      const content = Buffer.from(text).toString("base64");
      const answered = await call("PUT", `/repos/${repository}/contents/${path}`, {
        message: `write ${path}`,
        content,
        ...more,
      });
      return answered.body.commit?.sha;
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
};
