import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { CallError } from "../api/session.ts";

export const Loading = ({ what }: { readonly what: string }) => (
  <Box padding="l" textAlign="center" color="text-status-inactive">
    <Spinner /> Loading {what} …
  </Box>
);

export const Empty = ({ title, text, action }: { title: string; text?: ReactNode; action?: ReactNode }) => (
  <Box padding={{ vertical: "l" }} textAlign="center" color="inherit">
    <Box variant="strong" color="inherit">
      {title}
    </Box>
    {text && (
      <Box variant="p" color="inherit" padding={{ bottom: "s" }}>
        {text}
      </Box>
    )}
    {action}
  </Box>
);

/** What was refused, and why. What is not built yet is a fact and no failure. */
export const Refusal = ({ error }: { readonly error: CallError }) =>
  error.code === "NotImplemented" ? (
    <Alert type="info" header="Not built yet">
      {error.message}
    </Alert>
  ) : (
    <Alert type="error" header={error.code}>
      {error.message}
    </Alert>
  );

/** Shows a query in each of its states. */
export function Loaded<T>({
  query,
  what,
  children,
}: {
  readonly query: UseQueryResult<T, CallError>;
  readonly what: string;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  return query.error ? <Refusal error={query.error} /> : <Loading what={what} />;
}
