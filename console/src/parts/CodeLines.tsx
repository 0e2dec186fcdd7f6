import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Copyable } from "./Copyable.tsx";

interface Props {
  readonly lines: readonly string[];
  readonly label: string;
  /** The line to show, from 0. */
  readonly mark?: number;
}

const LINE_HEIGHT = 18;

/** A text with numbered lines; only those in sight are drawn. */
export const CodeLines = ({ lines, label, mark }: Props) => {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
  useEffect(() => {
    if (mark !== undefined) rows.scrollToIndex(mark, { align: "start" });
  }, [mark, rows]);
  return (
    <Copyable text={lines.join("\n")} label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section ref={scroller} className="lines" tabIndex={0} aria-label={label}>
        <div className="log-sheet" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => (
            <div
              key={row.key}
              className={row.index === mark ? "line line-marked" : "line"}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <span className="line-number">{row.index + 1}</span>
              <span>{lines[row.index]}</span>
            </div>
          ))}
        </div>
      </section>
    </Copyable>
  );
};
