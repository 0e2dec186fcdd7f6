import { pagesByName, openToken as read } from "../../kernel/paging.ts";
import { invalidParameter } from "./errors.ts";

const invalidToken = () => invalidParameter("The specified nextToken is invalid.");

/** One page of a list of this service. */
export const page = pagesByName(invalidToken);

/** What a token of events holds; anything else is refused as AWS does. */
export const openToken = <T>(token: string, isRight: (words: unknown) => words is T): T =>
  read(token, isRight, invalidToken);
