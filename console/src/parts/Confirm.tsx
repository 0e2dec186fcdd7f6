import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { useAct } from "../api/useAws.ts";
import { attempt } from "./flash.tsx";

interface Props {
  /** `Purge`, on the button and in the question. */
  readonly verb: string;
  readonly what: string;
  readonly text: ReactNode;
  /** Told when it is done. */
  readonly done: string;
  readonly services: readonly string[];
  readonly act: () => Promise<unknown>;
  readonly disabled?: boolean;
}

/** A button for what cannot be taken back: it asks first. */
export const Confirm = ({ verb, what, text, done, services, act, disabled = false }: Props) => {
  const [asking, setAsking] = useState(false);
  const doing = useAct(async () => {
    if (await attempt(done, act)) setAsking(false);
  }, services);
  return (
    <>
      <Button disabled={disabled} onClick={() => setAsking(true)}>
        {verb}
      </Button>
      <Modal
        visible={asking}
        onDismiss={() => setAsking(false)}
        closeAriaLabel="Close"
        header={`${verb} ${what}?`}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setAsking(false)}>
                Cancel
              </Button>
              <Button variant="primary" loading={doing.isPending} onClick={() => doing.mutate(undefined)}>
                {`${verb} ${what}`}
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        {text}
      </Modal>
    </>
  );
};
