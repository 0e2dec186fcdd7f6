import { openName } from "../../kernel/paging.ts";
import { invalidArgument } from "./errors.ts";

/** The name in a continuation token. Throws InvalidArgument for one that this S3 did not give. */
export const openToken = (token: string): string =>
  openName(token, () => invalidArgument("The continuation token provided is incorrect", "continuation-token"));
