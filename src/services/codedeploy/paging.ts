import { pagesByPlace } from "../../kernel/paging.ts";
import { invalidNextToken } from "./errors.ts";
import { PAGE_SIZE } from "./limits.ts";

const pageAt = pagesByPlace(invalidNextToken);

/** One page of a list of this service. */
export const page = <T>(all: readonly T[], token: string | undefined) => pageAt(all, token, PAGE_SIZE);
