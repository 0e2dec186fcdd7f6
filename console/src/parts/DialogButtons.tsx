import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import type { useAct } from "../api/useAws.ts";

interface Props {
  readonly act: ReturnType<typeof useAct<unknown>>;
  readonly disabled: boolean;
  readonly onCancel: () => void;
  /** What doing it is called. */
  readonly children: ReactNode;
}

/** The foot of a dialog: do it, or do not. */
export const DialogButtons = ({ act, disabled, onCancel, children }: Props) => (
  <Box float="right">
    <SpaceBetween direction="horizontal" size="xs">
      <Button variant="link" onClick={onCancel}>
        Cancel
      </Button>
      <Button variant="primary" loading={act.isPending} disabled={disabled} onClick={() => act.mutate(undefined)}>
        {children}
      </Button>
    </SpaceBetween>
  </Box>
);
