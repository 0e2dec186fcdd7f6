import { type InfiniteData, type Query, type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import type { CallError } from "./session.ts";

/** A list that is read page by page, as somebody asks for more. `service` says whose changes concern it. */
export const usePages = <P, N>(
  key: readonly [service: string, ...more: unknown[]],
  read: (from: N | undefined) => Promise<P>,
  next: (page: P) => N | undefined,
): UseInfiniteQueryResult<{ readonly pages: readonly P[] }, CallError> =>
  useInfiniteQuery<P, CallError, { pages: P[] }, readonly unknown[], N | undefined>({
    queryKey: key,
    // The library types it only where it knows what N is.
    queryFn: ({ pageParam }) => read(pageParam as N | undefined),
    initialPageParam: undefined,
    getNextPageParam: next,
    // It is old only once the cloud told of a change.
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Whether several pages were read: a busy cloud would have them read again without end, so that is left to the person. */
export const isLong = ({ state: { data } }: Query): boolean =>
  typeof data === "object" && data !== null && "pages" in data && (data as InfiniteData<unknown>).pages.length > 1;
