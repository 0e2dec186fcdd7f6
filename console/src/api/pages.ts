import { call, type Input, type OperationOf, type Output, type ServiceName } from "./call.ts";

/** Pages of fifty, as the smallest are, of twenty thousand things. */
const MAX_PAGES = 400;

/** All pages of a listing: follows the token until there is none. */
export const allPages = async <S extends ServiceName, O extends OperationOf<S>, T>(
  service: S,
  operation: O,
  input: Input<S, O>,
  read: (page: Output<S, O>) => {
    readonly items: readonly T[] | undefined;
    readonly next: Partial<Input<S, O>> | undefined;
  },
): Promise<readonly T[]> => {
  const all: T[] = [];
  let more: Partial<Input<S, O>> | undefined = {};
  for (let pages = 0; more && pages < MAX_PAGES; pages += 1) {
    const { items, next } = read(await call(service, operation, Object.assign({}, input, more)));
    all.push(...(items ?? []));
    more = next;
  }
  return all;
};
