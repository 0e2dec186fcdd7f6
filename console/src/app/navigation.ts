const link = (text: string, to: string) => ({ type: "link" as const, text, href: `#${to}` });

/** The places of the console, as its navigation has them. */
export const NAVIGATION = [
  link("Home", "/"),
  {
    type: "section" as const,
    text: "Delivery",
    items: [
      link("Pipelines", "/pipelines"),
      // Pages of the Git host, beside the console.
      { type: "link" as const, text: "Repositories", href: "/git/" },
      link("CodeCommit", "/repositories"),
      link("Builds", "/builds"),
      link("Stacks", "/stacks"),
      link("Rollouts", "/rollouts"),
      link("Architecture", "/architecture"),
    ],
  },
  {
    type: "section" as const,
    text: "Application",
    items: [
      link("APIs", "/apis"),
      link("Functions", "/functions"),
      link("Tables", "/tables"),
      link("Buckets", "/buckets"),
      link("State machines", "/machines"),
      link("Layers", "/layers"),
    ],
  },
  {
    type: "section" as const,
    text: "Messages",
    items: [
      link("Queues", "/queues"),
      link("Topics", "/topics"),
      link("Event buses", "/buses"),
      link("Schedules", "/schedules"),
      link("Event sources", "/sources"),
    ],
  },
  {
    type: "section" as const,
    text: "Secrets and settings",
    items: [link("Secrets", "/secrets"), link("Parameters", "/parameters"), link("Keys", "/keys")],
  },
  {
    type: "section" as const,
    text: "Insight",
    items: [
      link("Activity", "/activity"),
      link("Traces", "/traces"),
      link("Alarms", "/alarms"),
      link("Roles", "/roles"),
    ],
  },
];

/** A page's title: what it shows, then of what kind that is. */
export const titleOf = (location: string): string => {
  const [, kind = "", first = "", second = "", third = ""] = location.split("/");
  // A schedule is in its group, a rule on its bus.
  const name = (kind === "schedules" && second) || (second === "rules" && third) || first;
  const places = NAVIGATION.flatMap((entry) => ("items" in entry ? entry.items : entry));
  const place = kind && places.find(({ href }) => href === `#/${kind}`)?.text;
  return [name && shown(name), place, "aloft"].filter(Boolean).join(" · ");
};

const shown = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    // An address that somebody typed.
    return part;
  }
};
