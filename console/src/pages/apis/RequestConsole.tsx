import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { ask, type CallError } from "../../api/session.ts";
import { useAct } from "../../api/useAws.ts";
import { Json } from "../../parts/Json.tsx";
import { Status } from "../../parts/Status.tsx";
import { Refusal } from "../../parts/states.tsx";
import { duration } from "../../parts/time.tsx";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
  readonly durationMs: number;
}

interface Props {
  readonly base: string;
  readonly method: string;
  readonly path: string;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/** Sends a request to an API and shows the answer as it came. */
export const RequestConsole = ({ base, method: first, path: firstPath }: Props) => {
  const [method, setMethod] = useState(METHODS.includes(first) ? first : "GET");
  const [path, setPath] = useState(firstPath);
  const [headers, setHeaders] = useState("accept: application/json");
  const [body, setBody] = useState("");
  const [answer, setAnswer] = useState<Answer>();
  const [error, setError] = useState<CallError>();
  const send = useAct(async () => {
    const request = {
      url: `${base}${path}`,
      method,
      headers: headersIn(headers),
      body: method === "GET" || method === "HEAD" ? "" : body,
    };
    try {
      setAnswer(await ask<Answer>("request", { method: "POST", body: JSON.stringify(request) }));
      setError(undefined);
    } catch (thrown) {
      setError(thrown as CallError);
    }
  }, ["invocations", "logs"]);
  return (
    <Container header={<Header>Request</Header>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate(undefined);
        }}
      >
        <SpaceBetween size="m">
          <div className="request-line">
            <Select
              ariaLabel="Method"
              options={METHODS.map((value) => ({ value }))}
              selectedOption={{ value: method }}
              onChange={({ detail }) => setMethod(detail.selectedOption.value ?? "GET")}
            />
            <Input ariaLabel="Path" value={path} onChange={({ detail }) => setPath(detail.value)} />
            <Button variant="primary" formAction="submit" loading={send.isPending}>
              Send
            </Button>
          </div>
          <FormField label="Headers" constraintText="One to a line: name: value">
            <Textarea value={headers} rows={2} spellcheck={false} onChange={({ detail }) => setHeaders(detail.value)} />
          </FormField>
          {method !== "GET" && method !== "HEAD" && (
            <FormField label="Body">
              <Textarea value={body} rows={6} spellcheck={false} onChange={({ detail }) => setBody(detail.value)} />
            </FormField>
          )}
          {error && <Refusal error={error} />}
          {answer && <AnswerView answer={answer} />}
        </SpaceBetween>
      </form>
    </Container>
  );
};

const AnswerView = ({ answer: { status, headers, body, durationMs } }: { readonly answer: Answer }) => (
  <SpaceBetween size="s">
    <Status status={status < 400 ? "SUCCEEDED" : "FAILED"} text={`${status} in ${duration(durationMs)}`} />
    <Json value={pretty(body)} label="Body" />
    <Json
      value={Object.entries(headers)
        .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(", ") : value}`)
        .join("\n")}
      label="Headers of the answer"
    />
  </SpaceBetween>
);

const headersIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split("\n").flatMap((line) => {
      const colon = line.indexOf(":");
      return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
    }),
  );

const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // An API may answer with anything.
    return text;
  }
};
