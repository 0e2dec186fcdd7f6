import { useCallback, useEffect, useRef, useState } from "react";
import { call, type Output } from "../api/call.ts";
import { CallError } from "../api/session.ts";

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
}

/** Lines of one reading; AWS's largest page is a megabyte of them. */
const PAGE_LINES = 10_000;
const POLL_MS = 500;

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

/** A log stream from its end: earlier pages are read when they are asked for, later ones as they come. */
export const useLog = (group: string, stream: string, live: boolean): Log => {
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const [loading, setLoading] = useState(true);
  const [hasEarlier, setHasEarlier] = useState(false);
  const [error, setError] = useState<CallError>();
  const tokens = useRef<{ earlier?: string; later?: string; pages: number }>({ pages: 0 });

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
    tokens.current = { pages: 0 };
    setLines([]);
    setHasEarlier(false);
    setLoading(true);
    const take = async () => {
      const { later } = tokens.current;
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
      if (later === undefined) setHasEarlier((page.events?.length ?? 0) >= PAGE_LINES);
      if (more.length > 0) setLines((before) => [...before, ...more]);
      setError(undefined);
      setLoading(false);
    };
    const attempt = async () => {
      try {
        await take();
      } catch (thrown) {
        if (stopped.signal.aborted) return;
        // A stream is made with its first line: until then there is nothing to read.
        if (thrown instanceof CallError && !(live && thrown.code === "ResourceNotFoundException")) setError(thrown);
        setLoading(false);
      }
    };
    void attempt();
    const timer = live ? setInterval(() => void attempt(), POLL_MS) : undefined;
    return () => {
      stopped.abort();
      clearInterval(timer);
    };
  }, [live, read]);

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
  return { lines, loading, hasEarlier, error, loadEarlier };
};
