import type { RepositoryRoute } from "../api.ts";
import type { Route } from "./answering.ts";

/** How a list is changed by what a request gives. */
export type Join = (before: readonly string[], given: readonly string[]) => readonly string[];

/** What answers a list within a protection: shown, put in place, added to, and taken from. */
export const listRoutes = (path: string, get: Route, change: (join: Join) => Route): readonly RepositoryRoute[] => [
  [`GET ${path}`, get],
  [`PUT ${path}`, change((_before, given) => given)],
  [`POST ${path}`, change((before, given) => [...new Set([...before, ...given])])],
  [`DELETE ${path}`, change((before, given) => before.filter((each) => !given.includes(each)))],
];
