import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { Json } from "./Json.tsx";
import { pretty } from "./json.ts";

/** A document under its name: a policy, a definition, an input. */
export const Document = ({ title, value }: { readonly title: string; readonly value: unknown }) => (
  <Container header={<Header>{title}</Header>}>
    <Json value={typeof value === "string" ? pretty(value) : value} label={title} />
  </Container>
);
