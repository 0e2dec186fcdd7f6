import { errorMessage } from "../../../kernel/errors.ts";
import type { HttpRequest, HttpResponse } from "../../../kernel/http.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { announcePush, type PushedBranch } from "./announcePush.ts";
import { type Follower, followRuns } from "./follow.ts";
import { type Backend, runBackend } from "./httpBackend.ts";
import { FLUSH, PacketReader, progressPacket } from "./pktLine.ts";
import { PushReader, type PushRequest } from "./pushRequest.ts";

/**
 * Takes a push, starts the pipelines that watch its branches, and lets the push itself show their progress: git shows what
 * comes in the second band until the last packet, so the answer stays open while the pipelines run.
 */
export const receivePush = async (
  room: Room,
  repository: RepositoryRecord,
  request: HttpRequest,
): Promise<HttpResponse> => {
  const reader = new PushReader();
  const backend = await runBackend(room, repository, request, "/git-receive-pack", (chunk) => reader.push(chunk));
  const push = reader.request;
  const follower = followRuns(room.deps.events);
  const announced = announceWhenTaken(room, repository, push, backend);
  const { status, headers } = backend;
  const showsProgress = push.capabilities.includes("side-band-64k");
  return {
    status,
    headers,
    body: showsProgress
      ? withProgress(backend, push, announced, follower, request.signal)
      : plainly(backend, announced, follower),
  };
};

/** A push is announced also when whoever pushed does not wait for the answer. */
const announceWhenTaken = (room: Room, repository: RepositoryRecord, { updates }: PushRequest, backend: Backend) =>
  new Promise<readonly PushedBranch[]>((resolve) => {
    room.deps.tasks.spawn(`push to ${repository.owner}/${repository.name}`, async () => {
      let pushed: readonly PushedBranch[] = [];
      try {
        await backend.exited;
        pushed = await announcePush(room, repository, updates);
      } finally {
        resolve(pushed);
      }
    });
  });

async function* plainly(backend: Backend, announced: Promise<unknown>, follower: Follower): AsyncIterable<Buffer> {
  try {
    yield* backend.body;
    await announced;
  } finally {
    follower.close();
  }
}

async function* withProgress(
  backend: Backend,
  { options }: PushRequest,
  announced: Promise<readonly PushedBranch[]>,
  follower: Follower,
  signal: AbortSignal,
): AsyncIterable<Buffer> {
  const packets = new PacketReader();
  try {
    for await (const chunk of backend.body) {
      for (const { bytes, data } of packets.push(chunk)) if (data) yield bytes;
    }
    const pushed = await announced;
    if (pushed.length > 0) yield* progress(pushed, follower, options, signal);
    yield FLUSH;
  } finally {
    follower.close();
  }
}

async function* progress(
  pushed: readonly PushedBranch[],
  follower: Follower,
  options: readonly string[],
  signal: AbortSignal,
): AsyncIterable<Buffer> {
  const heads = pushed.flatMap(({ commits }) => commits.slice(-1));
  try {
    yield progressPacket("");
    for await (const line of follower.lines(heads, !options.includes("nowait"), signal)) yield progressPacket(line);
    yield progressPacket("");
  } catch (error) {
    // The push itself has been taken; only its following went wrong.
    yield progressPacket(`The progress cannot be shown: ${errorMessage(error)}`);
  }
}
