import type { Collection, Records } from "../../../store/records.ts";

/** What became of a transfer between a table and a bucket. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

interface Transfer {
  readonly arn: string;
  readonly clientToken: string;
  /** What the client asked for, to tell its token's other requests from this one. */
  readonly request: string;
  readonly tableArn: string;
  readonly tableId: string;
  readonly bucket: string;
  readonly bucketOwner?: string | undefined;
  readonly prefix?: string | undefined;
  readonly status: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly failure?: Failure;
}

/** A table's items on their way into a bucket. */
export interface ExportRecord extends Transfer {
  readonly tableName: string;
  /** Absent for DynamoDB JSON. */
  readonly format?: "ION";
  readonly exportedAsOf: number;
  /** What an incremental export is of; a full one is of everything. */
  readonly window?: ExportWindow;
  readonly sseAlgorithm?: "AES256" | "KMS" | undefined;
  readonly sseKmsKeyId?: string | undefined;
  readonly items: number;
  readonly bytes: number;
  readonly manifestKey?: string;
}

/** From its beginning up to, and without, its end; in milliseconds since the epoch. */
export interface ExportWindow {
  readonly from: number;
  readonly to: number;
  readonly view: "NEW_IMAGE" | "NEW_AND_OLD_IMAGES";
}

/** A bucket's items on their way into a new table. */
export interface ImportRecord extends Transfer {
  readonly format: "DYNAMODB_JSON" | "ION" | "CSV";
  readonly compression: "GZIP" | "ZSTD" | "NONE";
  readonly csv?: CsvFormat;
  /** What the table was asked to be, in the API's own words. */
  readonly creation: string;
  readonly processedBytes: number;
  readonly processedItems: number;
  readonly importedItems: number;
  readonly errors: number;
}

export interface CsvFormat {
  readonly delimiter: string;
  /** The columns, where the first line does not name them. */
  readonly header?: readonly string[];
}

/** The transfers of one account and region, by ARN. */
export interface Transfers {
  readonly exports: Collection<ExportRecord>;
  readonly imports: Collection<ImportRecord>;
}

export const openTransfers = (records: Records): Transfers => ({
  exports: records.collection<ExportRecord>("exports"),
  imports: records.collection<ImportRecord>("imports"),
});

/** What a process that ended left under way has failed. */
export const failUnfinished = ({ exports, imports }: Transfers, now: number): void => {
  const failed = {
    status: "FAILED",
    endedAt: now,
    failure: { code: "UNKNOWN", message: "The cloud was stopped" },
  } as const;
  for (const { value } of exports.range())
    if (value.status === "IN_PROGRESS") exports.put(value.arn, { ...value, ...failed });
  for (const { value } of imports.range())
    if (value.status === "IN_PROGRESS") imports.put(value.arn, { ...value, ...failed });
};
