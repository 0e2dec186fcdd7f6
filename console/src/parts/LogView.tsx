import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Input from "@cloudscape-design/components/input";
import Toggle from "@cloudscape-design/components/toggle";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { flash } from "./flash.tsx";
import { Refusal } from "./states.tsx";
import { type LogLine, useLog } from "./useLog.ts";

interface Props {
  readonly group: string;
  readonly stream: string;
  /** Whether more is to come. */
  readonly live: boolean;
  /** A line that has this is where it went wrong. */
  readonly failure?: RegExp;
  /** Places to jump to, by a text their line has. */
  readonly jumps?: (jump: (text: string) => void) => ReactNode;
}

const LINE_HEIGHT = 18;
const NEAR_END_PX = 40;

/** A log as it grows. Only the lines in sight are drawn, and only the pages that were looked at are read. */
export const LogView = ({ group, stream, live, failure, jumps }: Props) => {
  const log = useLog(group, stream, live);
  const [text, setText] = useState("");
  const [wrap, setWrap] = useState(false);
  const [follow, setFollow] = useState(true);
  const [at, setAt] = useState(0);
  const [isElsewhere, setElsewhere] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: log.lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => log.lines[index]?.id ?? index,
    overscan: 20,
  });
  const matches = useMemo(() => matching(log.lines, text), [log.lines, text]);
  const failures = useMemo(
    () => (failure ? log.lines.flatMap((line, index) => (failure.test(line.text) ? [index] : [])) : []),
    [log.lines, failure],
  );

  const { length } = log.lines;
  useEffect(() => {
    if (follow && length > 0) rows.scrollToIndex(length - 1, { align: "end" });
  }, [length, follow, rows]);

  const show = (index: number) => {
    setFollow(false);
    rows.scrollToIndex(index, { align: "center" });
  };
  const step = (by: number) => {
    if (matches.length === 0) return;
    const next = (at + by + matches.length) % matches.length;
    setAt(next);
    show(matches[next] ?? 0);
  };
  // What is not among the lines that were read may stand before them.
  const findElsewhere = async () => {
    setFollow(false);
    setAt(0);
    if (await log.find(text)) {
      setElsewhere(true);
      rows.scrollToIndex(0);
    } else flash("info", "No line of the log has this text");
  };
  const jump = (wanted: string) => {
    const index = log.lines.findIndex((line) => line.text.includes(wanted));
    if (index >= 0) show(index);
  };
  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (atEnd !== follow) setFollow(atEnd);
  };

  if (log.error && length === 0) return <Refusal error={log.error} />;
  return (
    <div className="log">
      <div className="log-bar">
        {jumps?.(jump)}
        <div className="log-search">
          <Input
            type="search"
            value={text}
            placeholder="Find in the log"
            ariaLabel="Find in the log"
            onChange={({ detail }) => {
              setText(detail.value);
              setAt(0);
              const first = matching(log.lines, detail.value)[0];
              if (first !== undefined) show(first);
            }}
            onKeyDown={({ detail }) => detail.key === "Enter" && step(detail.shiftKey ? -1 : 1)}
          />
        </div>
        {text !== "" && (
          <span className="log-count" aria-live="polite">
            {matches.length === 0 ? "no match" : `${at + 1} of ${matches.length}`}
            <Button variant="icon" iconName="angle-up" ariaLabel="Previous match" onClick={() => step(-1)} />
            <Button variant="icon" iconName="angle-down" ariaLabel="Next match" onClick={() => step(1)} />
          </span>
        )}
        {text !== "" && matches.length === 0 && log.hasEarlier && (
          <Button loading={log.loading} onClick={() => void findElsewhere()}>
            Find in the whole log
          </Button>
        )}
        {isElsewhere && (
          <Button
            onClick={() => {
              setElsewhere(false);
              setFollow(true);
              log.toEnd();
            }}
          >
            To the end
          </Button>
        )}
        {failures.length > 0 && (
          <Button iconName="status-negative" onClick={() => show(failures[0] ?? 0)}>
            Jump to failure
          </Button>
        )}
        <Toggle checked={wrap} onChange={({ detail }) => setWrap(detail.checked)}>
          Wrap
        </Toggle>
        {live && (
          <Toggle checked={follow} onChange={({ detail }) => setFollow(detail.checked)}>
            Follow
          </Toggle>
        )}
      </div>
      {/* A region that scrolls must be reachable by the keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section ref={scroller} className="log-lines" onScroll={onScroll} tabIndex={0} aria-label={`Log ${stream}`}>
        {log.hasEarlier && (
          <Box textAlign="center" padding="xxs">
            <Button variant="inline-link" loading={log.loading} onClick={() => void log.loadEarlier()}>
              Read earlier lines
            </Button>
          </Box>
        )}
        {length === 0 && (
          <div className="log-none">{log.loading ? "Reading the log …" : "Nothing was logged yet."}</div>
        )}
        <div className={wrap ? "log-sheet log-wrap" : "log-sheet"} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const line = log.lines[row.index];
            return (
              <div
                key={row.key}
                data-index={row.index}
                ref={wrap ? rows.measureElement : undefined}
                className={`log-line${line && failure?.test(line.text) ? " log-failed" : ""}${matches[at] === row.index && text !== "" ? " log-on" : ""}`}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <span className="log-number">{row.index + 1}</span>
                <Marked text={line?.text ?? ""} find={text} />
              </div>
            );
          })}
        </div>
      </section>
    </div>
  );
};

const matching = (lines: readonly LogLine[], text: string): readonly number[] => {
  const wanted = text.toLowerCase();
  if (wanted === "") return [];
  return lines.flatMap((line, index) => (line.text.toLowerCase().includes(wanted) ? [index] : []));
};

const Marked = ({ text, find }: { readonly text: string; readonly find: string }) => {
  const at = find === "" ? -1 : text.toLowerCase().indexOf(find.toLowerCase());
  if (at < 0) return <span className="log-text">{text}</span>;
  return (
    <span className="log-text">
      {text.slice(0, at)}
      <mark>{text.slice(at, at + find.length)}</mark>
      {text.slice(at + find.length)}
    </span>
  );
};
