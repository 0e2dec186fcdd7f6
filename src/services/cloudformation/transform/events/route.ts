import { textOf } from "../values/value.ts";
import type { EventSource } from "./eventSource.ts";

/** A path and method of an API. */
export interface Route {
  readonly path: string;
  /** In lower case. */
  readonly method: string;
}

export const routeOf = (source: EventSource): Route => ({
  path: textOf(source.properties.get("Path")) ?? "",
  method: (textOf(source.properties.get("Method")) ?? "").toLowerCase(),
});
