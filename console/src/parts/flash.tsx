import Flashbar from "@cloudscape-design/components/flashbar";
import { useSyncExternalStore } from "react";
import type { CallError } from "../api/session.ts";

interface Flash {
  readonly id: string;
  readonly type: "success" | "error" | "info";
  readonly header: string;
  readonly content?: string;
}

const MAX_FLASHES = 4;
const SHOWN_MS = 6000;

let flashes: readonly Flash[] = [];
let count = 0;
const listeners = new Set<() => void>();

const set = (next: readonly Flash[]): void => {
  flashes = next.slice(-MAX_FLASHES);
  for (const listener of listeners) listener();
};

const dismiss = (id: string): void => set(flashes.filter((flash) => flash.id !== id));

/** Tells the person at the screen what came of something they did. */
export const flash = (type: Flash["type"], header: string, content?: string): void => {
  const id = String(++count);
  set([...flashes, { id, type, header, ...(content ? { content } : {}) }]);
  if (type !== "error") setTimeout(() => dismiss(id), SHOWN_MS);
};

/** Runs what a button does and tells how it went. */
export const attempt = async (done: string, act: () => Promise<unknown>): Promise<boolean> => {
  try {
    await act();
    flash("success", done);
    return true;
  } catch (error) {
    const { code, message } = error as CallError;
    flash(
      code === "NotImplemented" ? "info" : "error",
      code === "NotImplemented" ? "Not built yet" : (code ?? "Failed"),
      message,
    );
    return false;
  }
};

export const Flashes = () => {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => flashes,
  );
  return (
    <Flashbar
      items={shown.map(({ id, ...rest }) => ({
        ...rest,
        id,
        dismissible: true,
        dismissLabel: "Dismiss",
        onDismiss: () => dismiss(id),
      }))}
    />
  );
};
