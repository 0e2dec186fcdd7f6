import { NotImplemented } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import { findNamedTable } from "../find.ts";
import type { Operation, Room } from "../room.ts";

/** There is no Kinesis here, so no table has a destination in it, and none can be given one. */
export const describeKinesisStreamingDestination =
  (room: Pick<Room, "tables">): Operation<"DescribeKinesisStreamingDestination"> =>
  async (_ctx, input) => ({
    TableName: findNamedTable(room, input.TableName).name,
    KinesisDataStreamDestinations: [],
  });

export const enableKinesisStreamingDestination =
  (room: Pick<Room, "tables">): Operation<"EnableKinesisStreamingDestination"> =>
  async (_ctx, input) => {
    findNamedTable(room, input.TableName);
    throw new NotImplemented("dynamodb: Kinesis streaming destinations");
  };

export const disableKinesisStreamingDestination =
  (room: Pick<Room, "tables">): Operation<"DisableKinesisStreamingDestination"> =>
  async (_ctx, input) => {
    throw noDestination(findNamedTable(room, input.TableName).name, input.StreamArn);
  };

export const updateKinesisStreamingDestination =
  (room: Pick<Room, "tables">): Operation<"UpdateKinesisStreamingDestination"> =>
  async (_ctx, input) => {
    const { name } = findNamedTable(room, input.TableName);
    if (!input.UpdateKinesisStreamingConfiguration?.ApproximateCreationDateTimePrecision)
      throw validationError(
        "Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be null or contain only null values",
      );
    throw noDestination(name, input.StreamArn);
  };

/** AWS says "enable" whatever was asked for. */
const noDestination = (name: string, streamArn: string) =>
  validationError(
    `Table is not in a valid state to enable Kinesis Streaming Destination: No streaming destination with streamArn: ${streamArn} found for table with tableName: ${name}`,
  );
