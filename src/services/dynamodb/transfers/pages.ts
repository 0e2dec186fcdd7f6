import type { Collection } from "../../../store/records.ts";
import { validationError } from "../errors.ts";

interface Listed {
  readonly arn: string;
  readonly tableArn: string;
}

interface PageInput {
  readonly tableArn: string | undefined;
  readonly limit: number;
  readonly token: string | undefined;
}

/** A page of transfers, of one table or of all. */
export const pageOf = <T extends Listed>(transfers: Collection<T>, { tableArn, limit, token }: PageInput) => {
  const page: T[] = [];
  for (const { value } of transfers.range(token === undefined ? {} : { gt: arnOf(token) })) {
    if (tableArn !== undefined && value.tableArn !== tableArn) continue;
    if (page.length === limit) return { page, next: tokenOf(page) };
    page.push(value);
  }
  return { page, next: undefined };
};

/** AWS: the tokens of imports are hexadecimal, in groups of sixteen, and 112 characters long at least. */
const tokenOf = (page: readonly Listed[]): string => {
  const arn = Buffer.from(page.at(-1)?.arn ?? "");
  const padded = Math.max(56, Math.ceil(arn.length / 8) * 8);
  return Buffer.concat([arn, Buffer.alloc(padded - arn.length, " ")]).toString("hex");
};

const arnOf = (token: string): string => {
  const arn = Buffer.from(token, "hex").toString().trimEnd();
  if (!arn.startsWith("arn:")) throw validationError("Invalid NextToken");
  return arn;
};
