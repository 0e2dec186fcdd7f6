import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { Crumbs } from "./Crumbs.tsx";

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
