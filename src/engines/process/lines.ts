import { StringDecoder } from "node:string_decoder";
import type { Mask, OutputLimits, OutputLine } from "./port.ts";

/** Cuts output into bounded, masked lines. */
export interface LineSplitter {
  push(chunk: Buffer): void;
  /** Gives what has no line break yet. */
  end(): void;
}

interface SplitterOptions {
  readonly stream: OutputLine["stream"];
  readonly limits: OutputLimits;
  readonly mask: Mask | undefined;
  readonly onLine: (line: OutputLine) => void;
  /** Shared by the streams of one process, so that both together stay within the total. */
  readonly budget: { remainingBytes: number };
}

/** A splitter for one stream. Bytes that are no UTF-8 become replacement characters. */
export const createLineSplitter = ({ stream, limits, mask, onLine, budget }: SplitterOptions): LineSplitter => {
  const decoder = new StringDecoder("utf8");
  const overlap = mask ? Math.max(0, mask.longest - 1) : 0;
  const hide = (text: string) => (mask ? mask.apply(text) : text);
  let pending = "";

  const emit = (text: string) => onLine({ stream, text: text.endsWith("\r") ? text.slice(0, -1) : text });
  // A secret that begins in the piece given away must end before the cut, or it would be seen in two halves.
  const emitPieces = (text: string, atEnd: boolean): string => {
    let rest = text;
    while (rest.length > limits.maxLineBytes + (atEnd ? 0 : overlap)) {
      emit(rest.slice(0, limits.maxLineBytes));
      rest = rest.slice(limits.maxLineBytes);
    }
    return rest;
  };
  const take = (text: string) => {
    const lines = (pending + text).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) emit(emitPieces(hide(line), true));
    if (pending.length > limits.maxLineBytes + overlap) pending = emitPieces(hide(pending), false);
  };
  return {
    push: (chunk) => {
      if (budget.remainingBytes <= 0) return;
      const allowed = chunk.subarray(0, budget.remainingBytes);
      budget.remainingBytes -= chunk.length;
      take(decoder.write(allowed));
      if (budget.remainingBytes > 0) return;
      flush();
      emit(`Output is longer than ${limits.maxTotalBytes} bytes; the rest is dropped.`);
    },
    end: () => {
      pending += decoder.end();
      flush();
    },
  };
  function flush(): void {
    if (pending !== "") emit(emitPieces(hide(pending), true));
    pending = "";
  }
};
