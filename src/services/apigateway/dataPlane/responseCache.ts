import type { HttpResponse } from "../../../kernel/http.ts";
import { MAX_CACHE_BYTES, MAX_CACHED_BYTES } from "../limits.ts";

/** What stages remember of their backends' answers. */
export interface ResponseCache {
  /** What is known under a key, unless it has grown too old. */
  get(stage: string, key: string, now: number): HttpResponse | undefined;
  /** Keeps an answer until a time, if it is one that can be kept; what was kept first makes room for it. */
  put(stage: string, key: string, answer: HttpResponse, until: number): void;
  /** Forgets all of a stage. */
  flush(stage: string): void;
}

interface Kept {
  readonly stage: string;
  readonly answer: HttpResponse;
  readonly until: number;
  readonly bytes: number;
}

/** The name under which a stage's answers are kept. */
export const cacheStage = (apiId: string, stageName: string): string => `${apiId}/${stageName}`;

export const createResponseCache = (): ResponseCache => {
  const kept = new Map<string, Kept>();
  let total = 0;
  const forget = (name: string): void => {
    total -= kept.get(name)?.bytes ?? 0;
    kept.delete(name);
  };
  return {
    get: (stage, key, now) => {
      const name = `${stage} ${key}`;
      const found = kept.get(name);
      if (found && found.until <= now) forget(name);
      return found && found.until > now ? found.answer : undefined;
    },
    put: (stage, key, answer, until) => {
      const name = `${stage} ${key}`;
      forget(name);
      const bytes = lengthOf(answer);
      if (bytes === undefined || bytes > MAX_CACHED_BYTES) return;
      kept.set(name, { stage, answer, until, bytes });
      total += bytes;
      for (const oldest of kept.keys()) {
        if (total <= MAX_CACHE_BYTES) break;
        forget(oldest);
      }
    },
    flush: (stage) => {
      for (const [name, one] of kept) if (one.stage === stage) forget(name);
    },
  };
};

/** Headers count for something, so that answers without a body do not gather without end. */
const HEAD_BYTES = 512;

/** What an answer takes; undefined where it comes in a stream, which can be read but once. */
const lengthOf = ({ body = "" }: HttpResponse): number | undefined => {
  if (typeof body === "string") return HEAD_BYTES + Buffer.byteLength(body);
  return body instanceof Uint8Array ? HEAD_BYTES + body.length : undefined;
};
