import { applyMode, Mode } from "@cloudscape-design/global-styles";
import { useSyncExternalStore } from "react";

const STORED = "aloft-theme";
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

const isDark = (): boolean => {
  const chosen = localStorage.getItem(STORED);
  return chosen === null ? dark.matches : chosen === "dark";
};

/** Puts the page into the mode that was chosen, or that the system has. */
export const applyTheme = (): void => {
  applyMode(isDark() ? Mode.Dark : Mode.Light);
  for (const listener of listeners) listener();
};

export const toggleTheme = (): void => {
  localStorage.setItem(STORED, isDark() ? "light" : "dark");
  applyTheme();
};

dark.addEventListener("change", applyTheme);

export const useIsDark = (): boolean =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isDark);
