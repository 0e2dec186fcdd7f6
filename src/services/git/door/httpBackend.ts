import { dirname } from "node:path";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { gitEnvironment } from "../../../engines/git/gitCommand.ts";
import { repositoryPath } from "../../../engines/git/place.ts";
import type { ProcessExit } from "../../../engines/process/port.ts";
import { type HttpRequest, header } from "../../../kernel/http.ts";
import { MAX_WAITING_BYTES } from "../limits.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { ByteQueue } from "./byteQueue.ts";

/** `git http-backend` at work on one request. */
export interface Backend {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Buffer>;
  readonly exited: Promise<ProcessExit>;
}

/** What git is given of a request. */
export interface BackendRequest {
  readonly request: HttpRequest;
  readonly service: string;
  readonly body: AsyncIterable<Uint8Array>;
  /** What the repository's hook reads. */
  readonly env?: Readonly<Record<string, string>>;
  /** Sees what git answers, head and body, whether or not the client reads it; the answer is then held in memory. */
  readonly onAnswer?: (chunk: Buffer) => void;
}

/** Hands a request to `git http-backend`, https://git-scm.com/docs/git-http-backend */
export const runBackend = async (
  room: Room,
  repository: RepositoryRecord,
  { request, service, body, env = {}, onAnswer }: BackendRequest,
): Promise<Backend> => {
  const output = new ByteQueue(onAnswer ? Number.POSITIVE_INFINITY : MAX_WAITING_BYTES);
  const path = repositoryPath(room, repository);
  const running = room.processes.start({
    argv: ["git", "http-backend"],
    cwd: path,
    env: { ...gitEnvironment(path), ...cgi(request, path, service), ...env },
    stdin: true,
    onBytes: (chunk) => {
      onAnswer?.(chunk);
      return output.push(chunk);
    },
    onLine: () => {},
  });
  const exited = running.exited.finally(() => output.end());
  const [head] = await Promise.all([readHead(output), feed(body, running)]);
  // Nobody reads on: git has nothing to send any more. What a push brought is kept all the same.
  const onLeft = () => {
    if (!onAnswer) running.stop();
    output.end();
  };
  request.signal.addEventListener("abort", onLeft, { once: true });
  return { ...head, exited: exited.finally(() => request.signal.removeEventListener("abort", onLeft)) };
};

/** The body as it was before a client compressed it: git's for what it asks to fetch, others' for anything small. */
export const inflated = ({ headers, body }: HttpRequest): AsyncIterable<Uint8Array> =>
  /^(x-)?gzip$/.test(header(headers, "content-encoding") ?? "") ? pipeline(body, createGunzip(), () => {}) : body;

const feed = async (
  body: AsyncIterable<Uint8Array>,
  running: { write(chunk: Uint8Array): Promise<void>; end(): void; stop(): void },
): Promise<void> => {
  try {
    for await (const chunk of body) await running.write(chunk);
    running.end();
  } catch (error) {
    // The client went away in the middle: nothing of it is taken.
    running.stop();
    throw error;
  }
};

const cgi = (request: HttpRequest, path: string, service: string): Record<string, string> => {
  const given = (name: string, variable: string) => {
    const value = header(request.headers, name);
    return value === undefined ? {} : { [variable]: value };
  };
  const protocol = header(request.headers, "git-protocol") ?? "";
  return {
    GIT_PROJECT_ROOT: dirname(path),
    GIT_HTTP_EXPORT_ALL: "1",
    PATH_INFO: path.slice(dirname(path).length) + service,
    REQUEST_METHOD: request.method,
    QUERY_STRING: request.rawQuery,
    REMOTE_USER: "aloft",
    REMOTE_ADDR: request.remoteAddress ?? "127.0.0.1",
    ...given("content-type", "CONTENT_TYPE"),
    ...(/^version=\d(:[\w=:.-]*)?$/.test(protocol) ? { GIT_PROTOCOL: protocol } : {}),
  };
};

const HEAD_END = "\r\n\r\n";

const readHead = async (output: ByteQueue): Promise<Omit<Backend, "exited">> => {
  const chunks = output[Symbol.asyncIterator]();
  let text = Buffer.alloc(0);
  let end = -1;
  while (end < 0) {
    const { value, done } = await chunks.next();
    if (done) return { status: 500, headers: { "content-type": "text/plain" }, body: output };
    text = Buffer.concat([text, value]);
    end = text.indexOf(HEAD_END);
  }
  const lines = text.toString("latin1", 0, end).split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [name = "", ...value] = line.split(":");
      return [name.trim().toLowerCase(), value.join(":").trim()];
    }),
  );
  const { status = "200", ...rest } = headers;
  return {
    status: Number.parseInt(status, 10),
    headers: rest,
    body: joined(text.subarray(end + HEAD_END.length), chunks),
  };
};

async function* joined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncIterable<Buffer> {
  if (first.length > 0) yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
