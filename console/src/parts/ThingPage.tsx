import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { CallError } from "../api/session.ts";
import { Crumbs } from "./Crumbs.tsx";
import { Loaded } from "./states.tsx";

interface Props {
  /** The list it is of: its name and its address. */
  readonly list: readonly [string, string];
  readonly name: string;
  readonly href: string;
  readonly status?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of a page about one thing: where it is, what it is called, what can be done with it. */
export const ThingPage = ({ list, name, href, status, actions, children }: Props) => (
  <SpaceBetween size="l">
    <Crumbs items={[list, [name, href]]} />
    <Header variant="h1" info={status} actions={actions}>
      <span className="wrap">{name}</span>
    </Header>
    {children}
  </SpaceBetween>
);

interface LoadedProps<T> extends Pick<Props, "list" | "name" | "href"> {
  readonly query: UseQueryResult<T, CallError>;
  readonly what: string;
  readonly children: (data: T) => ReactNode;
}

/** A page that draws its own frame once it has what it shows; until then, and where that is not there, this one stands. */
export function LoadedThing<T>({ query, what, children, ...frame }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  return (
    <ThingPage {...frame}>
      <Loaded query={query} what={what}>
        {children}
      </Loaded>
    </ThingPage>
  );
}
