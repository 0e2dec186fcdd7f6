import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import type { CallError } from "../api/session.ts";
import { useAct } from "../api/useAws.ts";
import { Json } from "./Json.tsx";
import { Refusal } from "./states.tsx";

/** A secret value: it is read only when somebody wants to see it, and forgotten with the page. */
export const Hidden = ({ read }: { readonly read: () => Promise<string> }) => {
  const [value, setValue] = useState<string>();
  const [error, setError] = useState<CallError>();
  const reveal = useAct(async () => {
    try {
      setValue(await read());
      setError(undefined);
    } catch (thrown) {
      setError(thrown as CallError);
    }
  }, []);
  return (
    <Container
      header={
        <Header
          actions={
            value === undefined ? (
              <Button iconName="unlocked" loading={reveal.isPending} onClick={() => reveal.mutate(undefined)}>
                Reveal
              </Button>
            ) : (
              <Button iconName="lock-private" onClick={() => setValue(undefined)}>
                Hide
              </Button>
            )
          }
        >
          Value
        </Header>
      }
    >
      {error && <Refusal error={error} />}
      {value === undefined ? (
        <span className="quiet">Hidden. Revealing it is a call like any other, and is logged.</span>
      ) : (
        <Json value={value} label="Value" />
      )}
    </Container>
  );
};
