import { AwsError } from "../../kernel/errors.ts";
import { pagesByName } from "../../kernel/paging.ts";

/** One page of a list of this service. */
export const page = pagesByName(() => new AwsError("ValidationException", "NextToken is not valid."));

/** What such a page's answer says of the next one. */
export const nextOf = ({ nextToken }: { readonly nextToken?: string }) =>
  nextToken === undefined ? {} : { NextToken: nextToken };
