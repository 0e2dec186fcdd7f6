import Button from "@cloudscape-design/components/button";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";

type Query = Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;

/** Reads the next page of a list that is read page by page. */
export const ReadMore = ({ query }: { readonly query: Query }) => (
  <Button disabled={!query.hasNextPage} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
    Read more
  </Button>
);
