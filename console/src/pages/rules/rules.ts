import type { Output } from "../../api/call.ts";
import { allPages } from "../../api/pages.ts";

export type Rule = NonNullable<Output<"events", "ListRules">["Rules"]>[number];

export const busesHere = () =>
  allPages("events", "ListEventBuses", {}, ({ EventBuses, NextToken }) => ({
    items: EventBuses,
    next: NextToken ? { NextToken } : undefined,
  }));

export const rulesOf = (EventBusName: string) =>
  allPages("events", "ListRules", { EventBusName }, ({ Rules, NextToken }) => ({
    items: Rules,
    next: NextToken ? { NextToken } : undefined,
  }));

/** The rules of all buses. */
export const rulesHere = async (): Promise<readonly Rule[]> => {
  const buses = await busesHere();
  return (await Promise.all(buses.map(({ Name = "" }) => rulesOf(Name)))).flat();
};
