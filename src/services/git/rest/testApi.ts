import { Readable } from "node:stream";
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

/** A cloud in memory, asked by GitHub's API as its owner. */
export const apiFixture = async (): Promise<ApiFixture> => {
  const cloud = await testCloud();
  const call: ApiFixture["call"] = async (method, path, body, headers = {}) => {
    const [pathname = "", rawQuery = ""] = path.split("?");
    const response = await cloud.handler({
      method,
      host: "127.0.0.1:4566",
      path: `/git/api/v3${pathname}`,
      rawQuery,
      headers: { authorization: `token ${cloud.credentials.secretAccessKey}`, ...headers },
      body: Readable.from(
        body === undefined ? [] : [Buffer.from(typeof body === "string" ? body : JSON.stringify(body))],
      ),
      signal: new AbortController().signal,
    });
    const text = Buffer.from((response.body as string | Uint8Array | undefined) ?? "").toString();
    const isJson = String(response.headers["content-type"]).startsWith("application/json");
    return { ...response, body: isJson && text !== "" ? JSON.parse(text) : text };
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
