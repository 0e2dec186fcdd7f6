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
  table: (name: string, tab?: string) => path("tables", name, ...(tab ? [tab] : [])),
  repository: (name: string, ...more: readonly string[]) => path("repositories", name, ...more),
  bucket: (name: string) => path("buckets", name),
  object: (bucket: string, key: string) => path("buckets", bucket, "object", key),
  secret: (name: string) => path("secrets", name),
  queue: (name: string) => path("queues", name),
  topic: (name: string) => path("topics", name),
  bus: (name: string) => path("buses", name),
  rule: (bus: string, name: string) => path("buses", bus, "rules", name),
  schedule: (group: string, name: string) => path("schedules", group, name),
  alarm: (name: string) => path("alarms", name),
  parameter: (name: string) => path("parameters", name),
  key: (id: string) => path("keys", id),
  layer: (name: string) => path("layers", name),
  source: (uuid: string) => path("sources", uuid),
  machine: (name: string) => path("machines", name),
  execution: (machine: string, arn: string) => path("machines", machine, "executions", arn),
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

/** The page of what an ARN names, where there is one. */
export const placeOf = (arn: string): { readonly name: string; readonly href: string } | undefined => {
  const [, , service = "", , , ...rest] = arn.split(":");
  const [first = "", second = ""] = rest;
  const name = nameOf(arn);
  switch (`${service}:${first.split("/")[0]}`) {
    case "lambda:function":
      return { name: second, href: hrefs.function(second) };
    case "states:stateMachine":
      return { name: second, href: hrefs.machine(second) };
    case "events:event-bus":
      return { name, href: hrefs.bus(name) };
    case "dynamodb:table":
      return { name: first.split("/")[1] ?? "", href: hrefs.table(first.split("/")[1] ?? "") };
    default:
      if (service === "sqs") return { name: first, href: hrefs.queue(first) };
      if (service === "sns") return { name: first, href: hrefs.topic(first) };
      return service === "codepipeline" ? { name: first, href: hrefs.pipeline(first) } : undefined;
  }
};

/** A link to what an ARN names, or the ARN itself. */
export const Place = ({ arn }: { readonly arn: string }) => {
  const place = placeOf(arn);
  return place ? <To href={place.href}>{place.name}</To> : <span className="mono wrap">{arn}</span>;
};

/** The part of an ARN that people call a thing by. */
export const nameOf = (arn: string): string => arn.split(/[:/]/).at(-1) ?? arn;
