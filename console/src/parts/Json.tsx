import { Copyable } from "./Copyable.tsx";

/** A document as text, to read and to copy. */
export const Json = ({ value, label }: { readonly value: unknown; readonly label: string }) => {
  const text = typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
  return (
    <Copyable text={text} label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section className="code-body" tabIndex={0} aria-label={label}>
        <pre className="pre">{text}</pre>
      </section>
    </Copyable>
  );
};
