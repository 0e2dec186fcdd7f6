import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { ActButton } from "./ActButton.tsx";

interface Props {
  readonly title: string;
  readonly description?: string;
  /** What its button says. */
  readonly verb: string;
  /** Told when it is done. */
  readonly done: string;
  readonly services: readonly string[];
  readonly act: () => Promise<unknown>;
  readonly primary?: boolean;
  readonly disabled?: boolean;
  /** Its fields, and what came of it. */
  readonly children: ReactNode;
}

/** A form with one thing to do, on a page among other things. */
export const ActForm = ({ title, description, verb, children, ...button }: Props) => (
  <Container
    header={
      <Header description={description} actions={<ActButton {...button}>{verb}</ActButton>}>
        {title}
      </Header>
    }
  >
    <SpaceBetween size="m">{children}</SpaceBetween>
  </Container>
);
