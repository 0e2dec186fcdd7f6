import { own } from "../../../kernel/own.ts";
import type { CauseEntity, RootCause } from "../traces/rootCauses.ts";
import type { Values } from "./compare.ts";
import type { Element } from "./expression.ts";
import type { Scope } from "./scopes.ts";

/** What may be asked of the services, entities or exceptions of a root cause, each in its place among them. */
export const causeScopes = (cause: RootCause, element: Element): readonly Scope[] => {
  const listed = ELEMENTS[element](cause);
  return listed.map((values, index) => (keyword) => {
    if (keyword === "index") return index;
    if (keyword === "first") return index === 0;
    if (keyword === "last") return index === listed.length - 1;
    return own(values, keyword);
  });
};

type Keywords = Readonly<Record<string, Values>>;

const entitiesOf = ({ services }: RootCause): readonly CauseEntity[] => services.flatMap(({ entities }) => entities);

const ELEMENTS: Readonly<Record<Element, (cause: RootCause) => readonly Keywords[]>> = {
  service: ({ services }) => services.map(({ name, type, inferred }) => ({ name, type, inferred })),
  entity: (cause) => entitiesOf(cause).map(({ name, remote, coverage }) => ({ name, remote, coverage })),
  exception: (cause) =>
    entitiesOf(cause).flatMap(({ exceptions }) => exceptions.map(({ name, message }) => ({ name, message }))),
};
