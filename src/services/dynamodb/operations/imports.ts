import { ImportNotFoundException } from "@aws-sdk/client-dynamodb";
import { DEFAULT_TRANSFER_PAGE } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { pageOf } from "../transfers/pages.ts";
import { importSummaryView, importView } from "../transfers/views.ts";

export const describeImport =
  ({ transfers }: Pick<Room, "transfers">): Operation<"DescribeImport"> =>
  async (_ctx, input) => {
    const found = transfers.imports.get(input.ImportArn);
    if (!found) throw new ImportNotFoundException({ message: `Import not found: ${input.ImportArn}`, $metadata: {} });
    return { ImportTableDescription: importView(found) };
  };

export const listImports =
  ({ transfers }: Pick<Room, "transfers">): Operation<"ListImports"> =>
  async (_ctx, input) => {
    const { page, next } = pageOf(transfers.imports, {
      tableArn: input.TableArn,
      limit: input.PageSize ?? DEFAULT_TRANSFER_PAGE,
      token: input.NextToken,
    });
    return { ImportSummaryList: page.map(importSummaryView), ...(next ? { NextToken: next } : {}) };
  };
