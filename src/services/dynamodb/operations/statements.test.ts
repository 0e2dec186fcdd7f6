import {
  type AttributeValue,
  BatchExecuteStatementCommand,
  CreateTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  ExecuteTransactionCommand,
  GetItemCommand,
  TransactionCanceledException,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

const TableName = "songs";

describe("statements", () => {
  let cloud: TestCloud;
  let client: DynamoDBClient;
  beforeEach(async () => {
    cloud = await testCloud();
    client = cloud.client(DynamoDBClient);
    await client.send(
      new CreateTableCommand(
        tableOf(TableName, { artist: "S", year: "N" }, { global: { "by-genre": { genre: "S" } } }),
      ),
    );
    for (const [artist, year, genre] of [
      ["Bach", 1721, "baroque"],
      ["Bach", 1741, "baroque"],
      ["Bach", 1749, "sacred"],
      ["Satie", 1888, "piano"],
    ])
      await run(`INSERT INTO songs VALUE {'artist': '${artist}', 'year': ${year}, 'genre': '${genre}', 'plays': 1}`);
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  const run = (Statement: string, more: Partial<ExecuteStatementCommandInput> = {}) =>
    client.send(new ExecuteStatementCommand({ Statement, ...more }));
  const years = async (Statement: string, more: Partial<ExecuteStatementCommandInput> = {}) =>
    (await run(Statement, more)).Items?.map(({ year }) => Number(year?.N));
  const itemAt = async (year: number) =>
    (await client.send(new GetItemCommand({ TableName, Key: { artist: { S: "Bach" }, year: { N: String(year) } } })))
      .Item;

  describe("shape", () => {
    it("answers a SELECT with its items and what they cost", async () => {
      const { $metadata: _metadata, ...output } = await run("SELECT * FROM songs WHERE artist = ? AND year = 1721", {
        Parameters: [{ S: "Bach" }],
        ReturnConsumedCapacity: "TOTAL",
      });
      expect(output).toEqual({
        Items: [{ artist: { S: "Bach" }, year: { N: "1721" }, genre: { S: "baroque" }, plays: { N: "1" } }],
        ConsumedCapacity: { TableName, CapacityUnits: 0.5 },
      });
    });

    it("answers writes with no items unless they are asked for", async () => {
      expect((await run("UPDATE songs SET plays = plays + 1 WHERE artist = 'Bach' AND year = 1721")).Items).toEqual([]);
      expect((await run("DELETE FROM songs WHERE artist = 'Bach' AND year = 1721")).Items).toEqual([]);
    });
  });

  describe("refusals", () => {
    it.each([
      ["SELECT * FROM nothing", "ResourceNotFoundException", "Requested resource not found"],
      [
        "SELECT * FRM songs",
        "ValidationException",
        "Statement wasn't well formed, can't be processed: Expected FROM but found FRM",
      ],
      ['SELECT * FROM songs."by-none"', "ValidationException", "The table does not have the specified index"],
      [
        "INSERT INTO songs VALUE {'artist': 'Bach', 'year': 1721}",
        "DuplicateItemException",
        "Duplicate primary key exists in table",
      ],
      [
        "INSERT INTO songs VALUE {'artist': 'Bach'}",
        "ValidationException",
        "One or more parameter values were invalid: Missing the key year in the item",
      ],
      [
        "UPDATE songs SET plays = 2 WHERE artist = 'Bach'",
        "ValidationException",
        "Where clause does not contain a mandatory equality on all key attributes",
      ],
      [
        "UPDATE songs SET plays = 2 WHERE artist = 'Bach' AND year = 1",
        "ConditionalCheckFailedException",
        "The conditional request failed",
      ],
      [
        "UPDATE songs SET plays = 2 WHERE artist = 'Bach' AND year = 1721 AND plays > 5",
        "ConditionalCheckFailedException",
        "The conditional request failed",
      ],
      [
        "UPDATE songs SET year = 2 WHERE artist = 'Bach' AND year = 1721",
        "ValidationException",
        "One or more parameter values were invalid: Cannot update attribute year. This attribute is part of the key",
      ],
      [
        "DELETE FROM songs WHERE artist = 1 AND year = 1721",
        "ValidationException",
        "The provided key element does not match the schema",
      ],
      [
        "SELECT * FROM songs WHERE plays = 1 ORDER BY year",
        "ValidationException",
        "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.",
      ],
      [
        "SELECT * FROM songs WHERE artist = 'Bach' ORDER BY plays",
        "ValidationException",
        "Variable reference plays in ORDER BY clause must be part of the primary key",
      ],
      [
        `SELECT * FROM songs WHERE artist IN [${Array.from({ length: 51 }, (_, at) => `'${at}'`)}]`,
        "ValidationException",
        "The IN operator can have at most 50 values of the hash key",
      ],
      [
        "EXISTS(SELECT * FROM songs WHERE artist = 'Bach')",
        "ValidationException",
        "EXISTS can only be used within a transaction.",
      ],
    ])("%s", async (statement, name, message) => {
      await expect(run(statement)).rejects.toMatchObject({ name, message });
    });

    it("refuses a token of another statement, or of none", async () => {
      const { NextToken } = await run("SELECT * FROM songs", { Limit: 1 });
      await expect(run("SELECT * FROM songs WHERE plays = 1", { NextToken })).rejects.toThrow(
        "NextToken does not match request",
      );
      await expect(run("SELECT * FROM songs", { NextToken: "rubbish" })).rejects.toThrow("Invalid NextToken");
    });
  });

  describe("behaviour", () => {
    it("finds by partition, by range, by filter and by index", async () => {
      expect(await years("SELECT * FROM songs WHERE artist = 'Bach'")).toEqual([1721, 1741, 1749]);
      expect(await years("SELECT * FROM songs WHERE artist = 'Bach' AND year > 1730")).toEqual([1741, 1749]);
      expect(await years("SELECT * FROM songs WHERE artist = 'Bach' AND 1730 > year")).toEqual([1721]);
      expect(await years("SELECT * FROM songs WHERE artist = 'Bach' AND year BETWEEN 1730 AND 1745")).toEqual([1741]);
      expect(await years("SELECT * FROM songs WHERE artist = 'Bach' ORDER BY year DESC")).toEqual([1749, 1741, 1721]);
      expect(await years("SELECT * FROM songs WHERE artist IN ['Satie', 'Bach'] AND plays = 1")).toEqual([
        1888, 1721, 1741, 1749,
      ]);
      expect(await years(`SELECT * FROM songs."by-genre" WHERE genre = 'baroque'`)).toEqual([1721, 1741]);
      expect(await years("SELECT * FROM songs WHERE begins_with(genre, 'p')")).toEqual([1888]);
      expect(await years("SELECT * FROM songs WHERE (artist = 'Satie' OR artist = 'Bach') AND year > 1745")).toEqual([
        1888, 1749,
      ]);
      expect(await years("SELECT * FROM songs WHERE nothing IS MISSING AND year < 1730")).toEqual([1721]);
    });

    it("reads ten partitions of a list in one page", async () => {
      for (let number = 0; number < 12; number++)
        await run(`INSERT INTO songs VALUE {'artist': 'a${number}', 'year': ${number}}`);
      const statement = `SELECT * FROM songs WHERE artist IN [${Array.from({ length: 12 }, (_, at) => `'a${at}'`)}]`;
      const { NextToken = "" } = await run(statement);
      expect([await years(statement), await years(statement, { NextToken })]).toEqual([
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [10, 11],
      ]);
    });

    it("shows of a global index what that holds", async () => {
      const Projection = { ProjectionType: "KEYS_ONLY" as const };
      const KeySchema = [{ AttributeName: "genre", KeyType: "HASH" as const }];
      const AttributeDefinitions = [{ AttributeName: "genre", AttributeType: "S" as const }];
      await client.send(
        new UpdateTableCommand({
          TableName,
          AttributeDefinitions,
          GlobalSecondaryIndexUpdates: [{ Create: { IndexName: "keys", KeySchema, Projection } }],
        }),
      );
      await cloud.tasks.idle();
      expect(await years(`SELECT year FROM songs."keys" WHERE genre = 'piano'`)).toEqual([1888]);
      await expect(run(`SELECT plays FROM songs."keys" WHERE genre = 'piano'`)).rejects.toMatchObject({
        message: "One or more parameter values were invalid: Global secondary index keys does not project [plays]",
      });
    });

    it("finds by all attributes of an index's partition, and scans where one is missing", async () => {
      const key = (AttributeName: string, KeyType: "HASH" | "RANGE") => ({ AttributeName, KeyType });
      const KeySchema = [key("genre", "HASH"), key("plays", "HASH"), key("year", "RANGE")];
      await client.send(
        new UpdateTableCommand({
          TableName,
          AttributeDefinitions: [
            { AttributeName: "genre", AttributeType: "S" },
            { AttributeName: "plays", AttributeType: "N" },
            { AttributeName: "year", AttributeType: "N" },
          ],
          GlobalSecondaryIndexUpdates: [
            { Create: { IndexName: "by-both", KeySchema, Projection: { ProjectionType: "ALL" } } },
          ],
        }),
      );
      await cloud.tasks.idle();
      const from = 'SELECT * FROM songs."by-both" WHERE';
      expect(await years(`${from} genre = 'baroque' AND plays = 1 AND year > 1730`)).toEqual([1741]);
      expect(await years(`${from} genre IN ['sacred', 'piano'] AND plays = 1`)).toEqual([1749, 1888]);
      expect(await years(`${from} plays = 1 AND year < 1730`)).toEqual([1721]);
      await expect(run(`${from} genre = 'baroque' ORDER BY year`)).rejects.toThrow(
        "Must have at least one non-optional",
      );
    });

    it("shows the paths that were named, under their last names", async () => {
      await run("UPDATE songs SET label = {'name': 'DG', 'places': ['Berlin']} WHERE artist = 'Bach' AND year = 1721");
      const { Items } = await run(
        "SELECT label.name, label.places[0], missing FROM songs WHERE artist = 'Bach' AND year = 1721",
      );
      expect(Items).toEqual([{ name: { S: "DG" }, "places[0]": { S: "Berlin" } }]);
    });

    it("pages through several partitions, each item once", async () => {
      const statement = "SELECT * FROM songs WHERE artist IN ['Bach', 'Satie']";
      const seen: (number | undefined)[] = [];
      let NextToken: string | undefined;
      do {
        const page = await run(statement, { Limit: 1, ...(NextToken ? { NextToken } : {}) });
        seen.push(...(page.Items ?? []).map(({ year }) => Number(year?.N)));
        NextToken = page.NextToken;
      } while (NextToken);
      expect(seen).toEqual([1721, 1741, 1749, 1888]);
    });

    it("returns what an update or a delete changed", async () => {
      const where = "WHERE artist = 'Bach' AND year = 1721";
      const returned = async (statement: string) => (await run(statement)).Items;
      const item = await itemAt(1721);
      expect(await returned(`UPDATE songs SET plays = 5 ${where} RETURNING MODIFIED OLD *`)).toEqual([
        { plays: { N: "1" } },
      ]);
      expect(await returned(`UPDATE songs SET plays = 6 ${where} RETURNING MODIFIED NEW *`)).toEqual([
        { plays: { N: "6" } },
      ]);
      expect(await returned(`UPDATE songs SET plays = 1 ${where} RETURNING ALL NEW *`)).toEqual([item]);
      expect(await returned(`DELETE FROM songs ${where} RETURNING ALL OLD *`)).toEqual([item]);
      expect(await returned(`DELETE FROM songs ${where} RETURNING ALL OLD *`)).toEqual([]);
    });

    it("runs a batch, each statement for itself", async () => {
      const { Responses } = await client.send(
        new BatchExecuteStatementCommand({
          Statements: [
            { Statement: "INSERT INTO songs VALUE {'artist': 'Bach', 'year': 1}" },
            { Statement: "INSERT INTO songs VALUE {'artist': 'Bach', 'year': 1}" },
            { Statement: "DELETE FROM nothing WHERE a = 1" },
            { Statement: "rubbish" },
          ],
        }),
      );
      expect(Responses?.map(({ Error: error, TableName: table }) => [table, error?.Code])).toEqual([
        [TableName, undefined],
        [TableName, "DuplicateItem"],
        ["nothing", "ResourceNotFound"],
        [undefined, "ValidationError"],
      ]);
      const read = await client.send(
        new BatchExecuteStatementCommand({
          Statements: [
            { Statement: "SELECT year FROM songs WHERE artist = 'Bach' AND year = 1" },
            { Statement: "SELECT year FROM songs WHERE artist = 'Bach'" },
          ],
        }),
      );
      expect(read.Responses).toMatchObject([{ Item: { year: { N: "1" } } }, { Error: { Code: "ValidationError" } }]);
    });

    it("runs a transaction whole or not at all", async () => {
      const failing = client.send(
        new ExecuteTransactionCommand({
          TransactStatements: [
            { Statement: "INSERT INTO songs VALUE {'artist': 'Bach', 'year': 1}" },
            { Statement: "EXISTS(SELECT * FROM songs WHERE artist = 'Bach' AND year = 1721 AND plays = 99)" },
            { Statement: "INSERT INTO songs VALUE {'artist': 'Bach', 'year': 1741}" },
          ],
        }),
      );
      await expect(failing).rejects.toBeInstanceOf(TransactionCanceledException);
      await expect(failing).rejects.toMatchObject({
        CancellationReasons: [{ Code: "None" }, { Code: "ConditionalCheckFailed" }, { Code: "DuplicateItem" }],
      });
      expect(await itemAt(1)).toBeUndefined();
      await client.send(
        new ExecuteTransactionCommand({
          TransactStatements: [
            { Statement: "UPDATE songs SET plays = ? WHERE artist = 'Bach' AND year = 1721", Parameters: [{ N: "7" }] },
            { Statement: "EXISTS(SELECT * FROM songs WHERE artist = 'Satie' AND year = 1888 AND plays = 1)" },
          ],
          ClientRequestToken: "once",
        }),
      );
      expect(await itemAt(1721)).toMatchObject({ plays: { N: "7" } });
    });

    it("reads in a transaction by whole keys", async () => {
      const read = (...statements: string[]) =>
        client.send(
          new ExecuteTransactionCommand({ TransactStatements: statements.map((Statement) => ({ Statement })) }),
        );
      const one = "SELECT year FROM songs WHERE artist = 'Bach' AND year = 1721";
      const item: Record<string, AttributeValue> = { year: { N: "1721" } };
      expect((await read(one, one.replace("1721", "1"))).Responses).toEqual([{ Item: item }, {}]);
      await expect(read("SELECT * FROM songs WHERE artist = 'Bach'")).rejects.toThrow("must specify the primary key");
      await expect(read(one, "DELETE FROM songs WHERE artist = 'Bach' AND year = 1")).rejects.toThrow("either read");
    });
  });
});
