import { useCallback, useEffect, useRef, useState } from "react";
import { call, type Output } from "../api/call.ts";
import { CallError } from "../api/session.ts";
import { hasStream } from "./logs.ts";

export interface LogLine {
  readonly id: string;
  readonly text: string;
  readonly time: number;
}

export interface Log {
  readonly lines: readonly LogLine[];
  readonly loading: boolean;
  readonly hasEarlier: boolean;
  readonly error: CallError | undefined;
  loadEarlier(): Promise<void>;
  /** Shows the log from the first line on that has a text, wherever it stands; false when none has it. */
  find(text: string): Promise<boolean>;
  /** Back to what was logged last. */
  toEnd(): void;
}

/** Lines of one reading; AWS's largest page is a megabyte of them. */
const PAGE_LINES = 10_000;
/** AWS ends a page at a megabyte, an event counting as its text and 26 bytes: a fuller one has others before it. */
const FULL_PAGE_BYTES = 900_000;
const EVENT_BYTES = 26;
const POLL_MS = 500;
const MAX_SEARCHED_PAGES = 500;

type Page = Output<"logs", "GetLogEvents">;

/** Terminals' colours are no part of what a log says. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what they begin with
const COLOURS = /\u001b\[[0-9;?]*[A-Za-z]/g;

const linesOf = ({ events = [] }: Page, prefix: string): readonly LogLine[] =>
  events.flatMap(({ message = "", timestamp = 0 }, index) =>
    message
      .replace(/\n$/, "")
      .replace(COLOURS, "")
      .split("\n")
      .map((text, part) => ({ id: `${prefix}.${index}.${part}`, text, time: timestamp })),
  );

const isFull = ({ events = [] }: Page): boolean =>
  events.length >= PAGE_LINES ||
  events.reduce((bytes, { message = "" }) => bytes + message.length + EVENT_BYTES, 0) >= FULL_PAGE_BYTES;

/** When the first line that has a text was logged. */
const timeOfFirst = async (logGroupName: string, stream: string, text: string): Promise<number | undefined> => {
  const input = { logGroupName, logStreamNames: [stream], filterPattern: JSON.stringify(text), limit: 1 };
  let nextToken: string | undefined;
  for (let pages = 0; pages < MAX_SEARCHED_PAGES; pages += 1) {
    const page = await call("logs", "FilterLogEvents", { ...input, ...(nextToken ? { nextToken } : {}) });
    if (page.events?.[0]) return page.events[0].timestamp;
    nextToken = page.nextToken;
    if (!nextToken) break;
  }
  return undefined;
};

/** A log stream from its end: earlier pages are read when they are asked for, later ones as they come. */
export const useLog = (group: string, stream: string, live: boolean): Log => {
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const [loading, setLoading] = useState(true);
  const [hasEarlier, setHasEarlier] = useState(false);
  const [error, setError] = useState<CallError>();
  const tokens = useRef<{ earlier?: string; later?: string; pages: number }>({ pages: 0 });
  // Set while a place amid the log is shown: what comes at its end does not belong below that.
  const [amid, setAmid] = useState(false);

  const read = useCallback(
    (nextToken: string | undefined, startFromHead: boolean) =>
      call("logs", "GetLogEvents", {
        logGroupName: group,
        logStreamName: stream,
        limit: PAGE_LINES,
        startFromHead,
        ...(nextToken ? { nextToken } : {}),
      }),
    [group, stream],
  );

  useEffect(() => {
    const stopped = new AbortController();
    if (amid) return;
    tokens.current = { pages: 0 };
    setLines([]);
    setHasEarlier(false);
    setLoading(true);
    const take = async () => {
      const { later } = tokens.current;
      // A stream is made with its first line: until then there is nothing to read.
      if (live && later === undefined && !(await hasStream(group, stream))) {
        if (!stopped.signal.aborted) setLoading(false);
        return;
      }
      const page = await read(later, later !== undefined);
      if (stopped.signal.aborted) return;
      const { nextForwardToken, nextBackwardToken } = page;
      const known = tokens.current;
      const pages = known.pages + 1;
      const earlier = known.earlier ?? nextBackwardToken;
      tokens.current = {
        pages,
        ...(earlier ? { earlier } : {}),
        ...(nextForwardToken ? { later: nextForwardToken } : {}),
      };
      const more = linesOf(page, `${pages}`);
      if (later === undefined) setHasEarlier(isFull(page));
      if (more.length > 0) setLines((before) => [...before, ...more]);
      setError(undefined);
      setLoading(false);
    };
    const attempt = async () => {
      try {
        await take();
      } catch (thrown) {
        if (stopped.signal.aborted) return;
        if (thrown instanceof CallError) setError(thrown);
        setLoading(false);
      }
    };
    void attempt();
    const timer = live ? setInterval(() => void attempt(), POLL_MS) : undefined;
    return () => {
      stopped.abort();
      clearInterval(timer);
    };
  }, [live, read, amid, group, stream]);

  const loadEarlier = async () => {
    const { earlier } = tokens.current;
    if (!earlier) return;
    setLoading(true);
    const page = await read(earlier, false);
    const pages = tokens.current.pages + 1;
    const { nextBackwardToken } = page;
    tokens.current = { ...tokens.current, pages, ...(nextBackwardToken ? { earlier: nextBackwardToken } : {}) };
    const more = linesOf(page, `${pages}`);
    setHasEarlier(more.length > 0 && nextBackwardToken !== earlier);
    setLines((after) => [...more, ...after]);
    setLoading(false);
  };
  const find = async (text: string) => {
    setLoading(true);
    const startTime = await timeOfFirst(group, stream, text);
    if (startTime !== undefined) {
      const input = { logGroupName: group, logStreamName: stream, startTime, startFromHead: true, limit: PAGE_LINES };
      const page = await call("logs", "GetLogEvents", input);
      const { nextBackwardToken } = page;
      const pages = tokens.current.pages + 1;
      setAmid(true);
      tokens.current = { pages, ...(nextBackwardToken ? { earlier: nextBackwardToken } : {}) };
      setLines(linesOf(page, `${pages}`));
      setHasEarlier(true);
    }
    setLoading(false);
    return startTime !== undefined;
  };
  return { lines, loading, hasEarlier, error, loadEarlier, find, toEnd: () => setAmid(false) };
};
