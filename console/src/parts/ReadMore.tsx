import Button from "@cloudscape-design/components/button";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";

type Query = Pick<
  UseInfiniteQueryResult,
  "hasNextPage" | "isFetchingNextPage" | "fetchNextPage" | "isStale" | "isFetching" | "refetch"
>;

/** Reads the next page of a list that is read page by page; and all of them again, once they may have changed. */
export const ReadMore = ({ query }: { readonly query: Query }) => (
  <>
    {query.isStale && !query.isFetching && (
      <Button iconName="refresh" onClick={() => void query.refetch()}>
        Read again
      </Button>
    )}
    <Button disabled={!query.hasNextPage} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      Read more
    </Button>
  </>
);
