import type { CallView } from "../src/console/calls.ts";
import type { Cloud } from "../src/index.ts";
import { consoleLinkOf } from "./consoleLink.ts";

/** Reads the console's log of calls. */
export const logOf = async (cloud: Cloud) => {
  const entered = await fetch(await consoleLinkOf(cloud));
  const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return async (query: string): Promise<readonly CallView[]> => {
    const response = await fetch(`${cloud.endpoint}/_aloft/console/log/calls?limit=2000&${query}`, {
      headers: { cookie },
    });
    return ((await response.json()) as { calls: readonly CallView[] }).calls;
  };
};

/** `execute-api:GET /facts 200` */
export const lineOf = ({ service, operation, status }: CallView) => `${service}:${operation} ${status ?? ""}`.trim();
