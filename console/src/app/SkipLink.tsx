import type { ReactNode } from "react";

const CONTENT = "content";

export const focusContent = (): void => document.getElementById(CONTENT)?.focus({ preventScroll: true });

/** The first stop of who goes by keys: past the navigation, to what the page shows. */
export const SkipLink = () => (
  <button type="button" className="skip" onClick={focusContent}>
    Skip to the content
  </button>
);

/** What a page shows, as a place that can have the focus. */
export const Content = ({ children }: { readonly children: ReactNode }) => (
  <div id={CONTENT} tabIndex={-1}>
    {children}
  </div>
);
