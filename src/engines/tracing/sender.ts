import type { Context } from "../../kernel/context.ts";
import { errorCode } from "../../kernel/errors.ts";
import type { Tasks } from "../../kernel/tasks.ts";

/** Takes segments to X-Ray in the background. */
export interface SegmentSender<Who> {
  /** Segments as objects, or as the text that somebody else made of them. */
  send(who: Who, segments: readonly (object | string)[]): void;
}

interface SenderParts<Who> {
  readonly tasks: Tasks;
  /** Tells apart those who send, each of whose segments go together. */
  readonly nameOf: (who: Who) => string;
  readonly contextOf: (who: Who) => Promise<Context>;
}

/** As many as the daemon puts into one call. */
const MAX_BATCH = 50;
/** Segments that wait for one sender; what sends faster than this is cut. */
const MAX_WAITING = 10_000;

/** What the sender may not send is lost, as on AWS. */
const LOST = new Set(["AccessDeniedException", "AccessDenied", "NoSuchEntity"]);

/** Segments of one sender go in order, those that came meanwhile together. */
export const createSegmentSender = <Who>({ tasks, nameOf, contextOf }: SenderParts<Who>): SegmentSender<Who> => {
  const waiting = new Map<string, string[]>();
  const ship = async (who: Who, documents: string[]): Promise<void> => {
    const { call } = await contextOf(who);
    while (documents.length > 0)
      await call("xray", "PutTraceSegments", { TraceSegmentDocuments: documents.splice(0, MAX_BATCH) });
  };
  return {
    send: (who, segments) => {
      const texts = segments.map((segment) => (typeof segment === "string" ? segment : JSON.stringify(segment)));
      const name = nameOf(who);
      const others = waiting.get(name);
      if (others) {
        others.push(...texts.slice(0, MAX_WAITING - others.length));
        return;
      }
      const documents = [...texts];
      waiting.set(name, documents);
      tasks.spawn(`the segments of ${name}`, async () => {
        try {
          await ship(who, documents);
        } catch (error) {
          if (!LOST.has(errorCode(error))) throw error;
        } finally {
          waiting.delete(name);
        }
      });
    },
  };
};
