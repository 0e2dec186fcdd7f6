import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import type { ReactNode } from "react";

interface Props {
  readonly text: string;
  readonly label: string;
  readonly children: ReactNode;
}

/** A text to read, as it is drawn inside, and to copy. */
export const Copyable = ({ text, label, children }: Props) => (
  <div className="code">
    <div className="code-copy">
      <CopyToClipboard
        variant="icon"
        copyButtonAriaLabel={`Copy ${label}`}
        copySuccessText="Copied"
        copyErrorText="Could not copy"
        textToCopy={text}
      />
    </div>
    {children}
  </div>
);
