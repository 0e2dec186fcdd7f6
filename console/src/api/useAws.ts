import { keepPreviousData, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, type Input, type OperationOf, type Output, type ServiceName } from "./call.ts";
import type { CallError } from "./session.ts";

interface Options {
  readonly enabled?: boolean;
  /** For what changes without a word, such as a build's log. */
  readonly refreshMs?: number | undefined;
}

/** What one read operation answers, kept up to date by what the cloud tells of its service. */
export const useAws = <S extends ServiceName, O extends OperationOf<S>>(
  service: S,
  operation: O,
  input: Input<S, O>,
  { enabled = true, refreshMs }: Options = {},
): UseQueryResult<Output<S, O>, CallError> =>
  useQuery<Output<S, O>, CallError>({
    queryKey: [service, operation, input],
    queryFn: () => call(service, operation, input),
    enabled,
    placeholderData: keepPreviousData,
    ...(refreshMs === undefined ? {} : { refetchInterval: refreshMs }),
  });

/** The same for several reads that belong together; `service` says whose changes concern it. */
export const useLoad = <T>(
  key: readonly [service: string, ...more: unknown[]],
  load: () => Promise<T>,
  { enabled = true, refreshMs }: Options = {},
): UseQueryResult<T, CallError> =>
  useQuery<T, CallError>({
    queryKey: key,
    queryFn: load,
    enabled,
    placeholderData: keepPreviousData,
    ...(refreshMs === undefined ? {} : { refetchInterval: refreshMs }),
  });

/** Does something, and has the queries of the services it changes read again. */
export const useAct = <A>(act: (argument: A) => Promise<unknown>, services: readonly string[]) => {
  const queries = useQueryClient();
  return useMutation<unknown, CallError, A>({
    mutationFn: act,
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => services.includes(String(queryKey[0])) }),
  });
};
