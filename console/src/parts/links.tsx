import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";

const path = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join("/")}`;

/** The addresses of things, in one place: everything the console shows can be linked to. */
export const hrefs = {
  pipeline: (name: string) => path("pipelines", name),
  run: (name: string, id: string, action?: string) => path("pipelines", name, "runs", id, ...(action ? [action] : [])),
  build: (id: string) => path("builds", id),
  stack: (name: string, tab?: string) => path("stacks", name, ...(tab ? [tab] : [])),
  changeSet: (stack: string, name: string) => path("stacks", stack, "changes", name),
  rollout: (id: string) => path("rollouts", id),
  api: (id: string) => path("apis", id),
  function: (name: string, tab?: string) => path("functions", name, ...(tab ? [tab] : [])),
  table: (name: string) => path("tables", name),
  bucket: (name: string) => path("buckets", name),
  object: (bucket: string, key: string) => path("buckets", bucket, "object", key),
  secret: (name: string) => path("secrets", name),
  role: (name: string) => path("roles", name),
  trace: (id: string) => path("traces", id),
  activity: (text: string) => path("activity", text),
};

export const To = ({ href, children, label }: { href: string; children: ReactNode; label?: string }) => (
  <Link href={href} {...(label ? { ariaLabel: label } : {})}>
    {children}
  </Link>
);

/** A link out of the console. */
export const Out = ({ href, children }: { readonly href: string; readonly children?: ReactNode }) => (
  <Link href={href} external externalIconAriaLabel="Opens in a new tab">
    {children ?? href}
  </Link>
);

/** The part of an ARN that people call a thing by. */
export const nameOf = (arn: string): string => arn.split(/[:/]/).at(-1) ?? arn;
