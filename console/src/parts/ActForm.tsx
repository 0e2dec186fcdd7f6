import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ComponentProps, ReactNode } from "react";
import { ActButton } from "./ActButton.tsx";

interface Props extends Omit<ComponentProps<typeof ActButton>, "children"> {
  readonly title: string;
  readonly description?: string;
  /** What its button says. */
  readonly verb: string;
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
