import { DEFAULT_PAGE, MAX_PAGE } from "../limits.ts";
import { type Answer, API_PATH, type Asked, ok } from "./api.ts";

/** Which part of a list is asked for; pages count from 1. */
export interface Page {
  readonly number: number;
  readonly size: number;
  readonly skip: number;
}

/** GitHub takes the nearest it can for numbers that make no sense. */
export const pageOf = (query: URLSearchParams): Page => {
  const size = Math.min(Math.max(numberIn(query, "per_page", DEFAULT_PAGE), 1), MAX_PAGE);
  const number = Math.max(numberIn(query, "page", 1), 1);
  return { number, size, skip: (number - 1) * size };
};

const numberIn = (query: URLSearchParams, name: string, otherwise: number): number => {
  const value = Number.parseInt(query.get(name) ?? "", 10);
  return Number.isSafeInteger(value) ? value : otherwise;
};

/** One page of a list that is all there. */
export const paged = <T>(asked: Asked, all: readonly T[], view: (item: T) => unknown): Answer => {
  const { skip, size } = pageOf(asked.query);
  return ok(all.slice(skip, skip + size).map(view), linkHeader(asked, all.length));
};

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api: absent where one page has it all. */
export const linkHeader = (asked: Asked, total: number): Readonly<Record<string, string>> => {
  const links = linksOf(pageOf(asked.query), total).map(([relation, page]) => {
    const query = new URLSearchParams(asked.query);
    query.set("page", String(page));
    return `<${addressOf(asked, query)}>; rel="${relation}"`;
  });
  return links.length === 0 ? {} : { link: links.join(", ") };
};

export const addressOf = ({ room, request }: Asked, query: URLSearchParams): string =>
  `${room.deps.endpoint()}${API_PATH}${request.path.slice(API_PATH.length)}?${query}`;

/** The pages one may go to from here, in GitHub's order. */
export const linksOf = ({ number, size }: Page, total: number): readonly (readonly [string, number])[] => {
  const last = Math.max(Math.ceil(total / size), 1);
  return [
    ...(number > 1 ? [["prev", Math.min(number - 1, last)] as const] : []),
    ...(number < last ? [["next", number + 1] as const, ["last", last] as const] : []),
    ...(number > 1 ? [["first", 1] as const] : []),
  ];
};
