import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { type CallError, cloudNow, session } from "../../api/session.ts";
import { useAct } from "../../api/useAws.ts";
import { problemIn } from "../../parts/json.ts";
import { Status } from "../../parts/Status.tsx";
import { Refusal } from "../../parts/states.tsx";

/** Asks whether an event fits a pattern; nothing is sent. */
export const PatternTest = ({ pattern, bus }: { readonly pattern: string; readonly bus: string }) => {
  const [event, setEvent] = useState(() => JSON.stringify(sampleFor(pattern), null, 2));
  const [fits, setFits] = useState<boolean>();
  const [error, setError] = useState<CallError>();
  const wrong = problemIn(event);
  const test = useAct(async () => {
    try {
      setFits((await call("events", "TestEventPattern", { EventPattern: pattern, Event: event })).Result);
      setError(undefined);
    } catch (thrown) {
      setFits(undefined);
      setError(thrown as CallError);
    }
  }, []);
  return (
    <Container
      header={
        <Header
          description={`Nothing is put on ${bus}.`}
          actions={
            <Button loading={test.isPending} disabled={wrong !== undefined} onClick={() => test.mutate(undefined)}>
              Test pattern
            </Button>
          }
        >
          Test the pattern
        </Header>
      }
    >
      <SpaceBetween size="m">
        <FormField label="Event" errorText={wrong}>
          <Textarea
            value={event}
            rows={12}
            spellcheck={false}
            onChange={({ detail }) => {
              setEvent(detail.value);
              setFits(undefined);
            }}
          />
        </FormField>
        <div aria-live="polite">
          {fits !== undefined && (
            <Status
              status={fits ? "SUCCEEDED" : "STOPPED"}
              text={fits ? "The event fits." : "The event does not fit."}
            />
          )}
          {error && <Refusal error={error} />}
        </div>
      </SpaceBetween>
    </Container>
  );
};

/** An event with what the pattern says in plain words; the rest is for the person to fill in. */
const sampleFor = (pattern: string): object => {
  const { account, region } = session();
  const wanted = plainParts(JSON.parse(pattern));
  return {
    id: "7bf73129-1428-4cd3-a780-95db273d1602",
    "detail-type": "",
    source: "",
    account,
    time: new Date(cloudNow()).toISOString(),
    region,
    resources: [],
    detail: {},
    ...(typeof wanted === "object" && wanted !== null ? wanted : {}),
  };
};

const plainParts = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.find((value) => typeof value !== "object") ?? "";
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, plainParts(value)]));
};
