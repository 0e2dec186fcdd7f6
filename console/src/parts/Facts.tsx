import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { ReactNode } from "react";

/** What is known of a thing, by name. */
export const Facts = ({
  title,
  facts,
}: {
  readonly title: string;
  readonly facts: Readonly<Record<string, ReactNode>>;
}) => (
  <Container header={<Header>{title}</Header>}>
    <KeyValuePairs
      columns={3}
      // On a phone one below the other: an ARN is long.
      minColumnWidth={200}
      items={Object.entries(facts).map(([label, value]) => ({ label, value: value ?? "–" }))}
    />
  </Container>
);

export const Mono = ({ children }: { readonly children: ReactNode }) => <span className="mono wrap">{children}</span>;
