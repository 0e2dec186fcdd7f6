import { ImportConflictException } from "@aws-sdk/client-dynamodb";
import type { Context } from "../../../kernel/context.ts";
import { tableExists, validationError } from "../errors.ts";
import type { TableRecord } from "../records.ts";
import { isRestoring } from "../restoring.ts";
import type { Operation, Room } from "../room.ts";
import { readEncryption } from "../tableEncryption.ts";
import { readOnDemand, readTableInput } from "../tableInput.ts";
import type { ImportRecord } from "../transfers/records.ts";
import { answeredBefore, transferId } from "../transfers/requests.ts";
import { runImport } from "../transfers/runImport.ts";
import { importView } from "../transfers/views.ts";

type Input = Parameters<ReturnType<typeof importTable>>[1];

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ImportTable.html */
export const importTable =
  (room: Room): Operation<"ImportTable"> =>
  async (ctx, input) => {
    const format = formatOf(input);
    const table = await newTable(room, ctx, input);
    const request = JSON.stringify(input);
    const known = answeredBefore(
      room.transfers.imports,
      { request, token: input.ClientToken },
      room.clock.now(),
      conflict,
    );
    if (known) return { ImportTableDescription: importView(known) };
    if (room.tables.get(table.name) || isRestoring(room, table.name)) throw tableExists(table.name);
    const { S3BucketSource: source } = input;
    const asked: ImportRecord = {
      arn: `${table.arn}/import/${transferId(room)}`,
      clientToken: input.ClientToken ?? room.ids.uuid(),
      request,
      tableArn: table.arn,
      tableId: table.id,
      bucket: source.S3Bucket,
      bucketOwner: source.S3BucketOwner,
      prefix: source.S3KeyPrefix,
      ...format,
      creation: JSON.stringify(input.TableCreationParameters),
      status: "IN_PROGRESS",
      startedAt: room.clock.now(),
      processedBytes: 0,
      processedItems: 0,
      importedItems: 0,
      errors: 0,
    };
    room.transfers.imports.put(asked.arn, asked);
    const { call } = room.contextAs(ctx.principal, "dynamodb.amazonaws.com");
    room.tasks.spawn(`the import ${asked.arn}`, () => runImport(room, call, table, asked));
    return { ImportTableDescription: importView(asked) };
  };

/** How the source is written. */
const formatOf = ({
  InputFormat,
  InputCompressionType = "NONE",
  InputFormatOptions,
}: Input): Pick<ImportRecord, "format" | "compression" | "csv"> => {
  const options = InputFormatOptions?.Csv;
  if (InputFormat !== "CSV") {
    if (options) throw validationError("InputFormatOptions can only be given for the InputFormat CSV");
    return { format: InputFormat, compression: InputCompressionType };
  }
  const csv = { delimiter: options?.Delimiter ?? ",", ...(options?.HeaderList ? { header: options.HeaderList } : {}) };
  return { format: InputFormat, compression: InputCompressionType, csv };
};

const newTable = async (room: Room, ctx: Context, { TableCreationParameters: asked }: Input): Promise<TableRecord> => {
  const read = readTableInput(asked);
  const encryption = await readEncryption(ctx, asked.SSESpecification);
  return {
    ...read,
    name: asked.TableName,
    id: room.ids.uuid(),
    arn: ctx.arn(`table/${asked.TableName}`),
    createdAt: room.clock.now(),
    ...(asked.OnDemandThroughput ? { onDemandThroughput: readOnDemand(asked.OnDemandThroughput) } : {}),
    ...(encryption ? { encryption } : {}),
    deletionProtection: false,
    pointInTimeRecovery: false,
    tags: [],
  };
};

const conflict = () =>
  new ImportConflictException({ message: "The client token belongs to an import that is another", $metadata: {} });
