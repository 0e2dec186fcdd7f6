import { keyOf } from "../../../engines/git/place.ts";
import { AwsError, errorMessage } from "../../../kernel/errors.ts";
import type { Pusher } from "../../../kernel/gitHost.ts";
import type { HttpRequest, HttpResponse } from "../../../kernel/http.ts";
import { announcePush, type PushedRef } from "../announcePush.ts";
import { MAX_PUSH_BYTES, MAX_REPORT_BYTES } from "../limits.ts";
import { pushRules } from "../protection/pushRules.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { loginOf } from "./credentials.ts";
import { type Follower, followRuns } from "./follow.ts";
import { type Backend, inflated, runBackend } from "./httpBackend.ts";
import { FLUSH, PacketReader, progressPacket } from "./pktLine.ts";
import { changedRefs, inGitHubsWords } from "./pushReport.ts";
import { type PushRequest, type RefUpdate, readPush } from "./pushRequest.ts";

/**
 * Takes a push, starts the pipelines that watch its branches, and lets the push itself show their progress: git shows what
 * comes in the second band until the last packet, so the answer stays open while the pipelines run.
 */
export const receivePush = async (
  room: Room,
  repository: RepositoryRecord,
  request: HttpRequest,
  pusher?: Pusher,
): Promise<HttpResponse> => {
  const { push, body } = await readPush(bounded(inflated(request)));
  await pusher?.authorize(push.updates.map(({ ref }) => ref));
  const answer: Buffer[] = [];
  const backend = await runBackend(room, repository, {
    request,
    service: "/git-receive-pack",
    body,
    env: await pushRules(room, repository, push, loginOf(request)),
    onAnswer: (chunk) => answer.push(chunk),
  });
  const follower = followRuns(room.deps.events);
  const taken = backend.exited.then(() => takenOf(push, answer));
  const announced = announceInOrder(room, repository, push, { taken, actor: pusher?.arn });
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

async function* bounded(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_PUSH_BYTES) throw new AwsError("PushTooLarge", "A push may be no larger than 2 GiB.", 413);
    yield chunk;
  }
}

/** What git has changed; where it made no report, `undefined`, and the references themselves must tell. */
const takenOf = ({ updates, capabilities }: PushRequest, answer: readonly Buffer[]) => {
  const size = answer.reduce((sum, { length }) => sum + length, 0);
  const changed = size > MAX_REPORT_BYTES ? undefined : changedRefs(Buffer.concat(answer), capabilities);
  return changed && updates.filter(({ ref }) => changed.has(ref));
};

/**
 * A push is announced also when whoever pushed does not wait for the answer, and never before the push it builds on: two
 * that come at once must not reach the pipelines the wrong way round.
 */
const announceInOrder = (
  room: Room,
  repository: RepositoryRecord,
  { updates }: PushRequest,
  { taken, actor }: { readonly taken: Promise<readonly RefUpdate[] | undefined>; readonly actor: string | undefined },
): Promise<readonly PushedRef[]> => {
  const place = (ref: string, id: string | undefined) => JSON.stringify([...keyOf(repository), ref, id]);
  // Only what began earlier is waited for, so that no two can wait for each other.
  const earlier = updates.map(({ ref, before }) => room.announcing.get(place(ref, before)));
  const announced = new Promise<readonly PushedRef[]>((resolve) => {
    room.deps.tasks.spawn(`push to ${repository.owner}/${repository.name}`, async () => {
      let pushed: readonly PushedRef[] = [];
      try {
        const done = await taken;
        await Promise.all(earlier);
        pushed = await announcePush(room, repository, { asked: updates, taken: done, actor });
      } finally {
        resolve(pushed);
      }
    });
  });
  const places = updates.map(({ ref, after }) => place(ref, after));
  for (const each of places) room.announcing.set(each, announced);
  void announced.then(() => {
    for (const each of places) if (room.announcing.get(each) === announced) room.announcing.delete(each);
  });
  return announced;
};

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
  announced: Promise<readonly PushedRef[]>,
  follower: Follower,
  signal: AbortSignal,
): AsyncIterable<Buffer> {
  const packets = new PacketReader();
  try {
    for await (const chunk of backend.body) {
      for (const packet of packets.push(chunk)) if (packet.data) yield inGitHubsWords(packet);
    }
    const pushed = await announced;
    if (pushed.some(({ commits }) => commits.length > 0)) yield* progress(pushed, follower, options, signal);
    yield FLUSH;
  } finally {
    follower.close();
  }
}

async function* progress(
  pushed: readonly PushedRef[],
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
