import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { call, type Output } from "../../api/call.ts";
import type { CallError } from "../../api/session.ts";
import { useAct, useLoad } from "../../api/useAws.ts";
import { Json } from "../../parts/Json.tsx";
import { pretty, problemIn } from "../../parts/json.ts";
import { Status } from "../../parts/Status.tsx";
import { Refusal } from "../../parts/states.tsx";
import { duration } from "../../parts/time.tsx";
import { SAMPLE_EVENTS } from "./samples.ts";

interface Answer {
  readonly output: Output<"lambda", "Invoke">;
  readonly ms: number;
}

const stored = (name: string): string => `aloft-event-${name}`;
const LATEST = "$LATEST";

/** What can be invoked of a function: its newest code, its aliases, its versions. */
const qualifiersOf = async (FunctionName: string): Promise<readonly string[]> => {
  const [{ Aliases = [] }, { Versions = [] }] = await Promise.all([
    call("lambda", "ListAliases", { FunctionName }),
    call("lambda", "ListVersionsByFunction", { FunctionName }),
  ]);
  const published = Versions.flatMap(({ Version }) => (Version === undefined || Version === LATEST ? [] : Version));
  return [LATEST, ...Aliases.flatMap(({ Name }) => Name ?? []), ...published.toReversed()];
};

const FIRST = JSON.stringify({}, null, 2);

const fromBase64 = (text: string | undefined): string =>
  text === undefined ? "" : new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));

const toBase64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** Sends an event of one's own; the last one is remembered. */
export const TestForm = ({ name }: { readonly name: string }) => {
  const [event, setEvent] = useState(() => localStorage.getItem(stored(name)) ?? FIRST);
  const [qualifier, setQualifier] = useState(LATEST);
  const { data: qualifiers = [LATEST] } = useLoad(["lambda", "qualifiers", name], () => qualifiersOf(name));
  const [answer, setAnswer] = useState<Answer>();
  const [error, setError] = useState<CallError>();
  const wrong = problemIn(event);
  const invoke = useAct(async () => {
    localStorage.setItem(stored(name), event);
    const startedAt = performance.now();
    try {
      const output = await call("lambda", "Invoke", {
        ...{ FunctionName: name, Qualifier: qualifier },
        ...{ LogType: "Tail", Payload: toBase64(event) },
      });
      setAnswer({ output, ms: performance.now() - startedAt });
      setError(undefined);
    } catch (thrown) {
      setError(thrown as CallError);
    }
  }, ["invocations", "logs"]);
  return (
    <SpaceBetween size="m">
      <FormField label="Begin with">
        <Select
          selectedOption={null}
          placeholder="A sample event"
          options={Object.keys(SAMPLE_EVENTS).map((value) => ({ value, label: value }))}
          onChange={({ detail }) =>
            setEvent(JSON.stringify(SAMPLE_EVENTS[detail.selectedOption.value ?? ""] ?? {}, null, 2))
          }
        />
      </FormField>
      <FormField label="Version">
        <Select
          options={qualifiers.map((value) => ({ value }))}
          selectedOption={{ value: qualifier }}
          onChange={({ detail }) => setQualifier(detail.selectedOption.value ?? LATEST)}
        />
      </FormField>
      <FormField label="Event" errorText={wrong}>
        <Textarea value={event} rows={12} spellcheck={false} onChange={({ detail }) => setEvent(detail.value)} />
      </FormField>
      <Button
        variant="primary"
        loading={invoke.isPending}
        disabled={wrong !== undefined}
        onClick={() => invoke.mutate(undefined)}
      >
        Invoke
      </Button>
      {error && <Refusal error={error} />}
      {answer && (
        <SpaceBetween size="s">
          <Status
            status={answer.output.FunctionError ? "FAILED" : "SUCCEEDED"}
            text={`${answer.output.FunctionError ?? "Answered"} in ${duration(answer.ms)}, version ${answer.output.ExecutedVersion}`}
          />
          <Json value={pretty(fromBase64(answer.output.Payload))} label="Answer" />
          <Json value={fromBase64(answer.output.LogResult)} label="End of the log" />
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
};
