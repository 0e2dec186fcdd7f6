import { ExportNotFoundException } from "@aws-sdk/client-dynamodb";
import { DEFAULT_TRANSFER_PAGE } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { pageOf } from "../transfers/pages.ts";
import { exportSummaryView, exportView } from "../transfers/views.ts";

export const describeExport =
  ({ transfers }: Pick<Room, "transfers">): Operation<"DescribeExport"> =>
  async (_ctx, input) => {
    const found = transfers.exports.get(input.ExportArn);
    if (!found) throw new ExportNotFoundException({ message: `Export not found: ${input.ExportArn}`, $metadata: {} });
    return { ExportDescription: exportView(found) };
  };

export const listExports =
  ({ transfers }: Pick<Room, "transfers">): Operation<"ListExports"> =>
  async (_ctx, input) => {
    const { page, next } = pageOf(transfers.exports, {
      tableArn: input.TableArn,
      limit: input.MaxResults ?? DEFAULT_TRANSFER_PAGE,
      token: input.NextToken,
    });
    return { ExportSummaries: page.map(exportSummaryView), ...(next ? { NextToken: next } : {}) };
  };
