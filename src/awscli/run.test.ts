import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aws, cloud, directory, file, freshForEachTest } from "./testAws.ts";

freshForEachTest();

describe("any operation", () => {
  it("takes the CLI's options and prints JSON", async () => {
    const created = await aws(
      "secretsmanager",
      "create-secret",
      "--name",
      "a",
      "--secret-string",
      "s",
      "--tags",
      "Key=k,Value=v",
      "Key=l,Value=w",
    );
    expect(created).toMatchObject({ code: 0, err: "" });
    expect(created.out).toMatch(/^\{\n {4}"ARN": "arn:aws:secretsmanager/);
    const value = await aws(
      "secretsmanager",
      "get-secret-value",
      "--secret-id",
      "a",
      "--query",
      "SecretString",
      "--output",
      "text",
    );
    expect(value.out).toBe("s\n");
    const described = await aws("secretsmanager", "describe-secret", "--secret-id=a", "--query", "Tags[].Value");
    expect(described.json()).toEqual(["v", "w"]);
  });

  it("takes files, bytes, JSON and flags", async () => {
    file("secret.json", '{"a":1}');
    file("input.json", '{"Name":"c","SecretString":"from input"}');
    await aws("secretsmanager", "create-secret", "--name", "b", "--secret-string", "file://secret.json");
    expect((await aws("secretsmanager", "get-secret-value", "--secret-id", "b")).json().SecretString).toBe('{"a":1}');
    await aws(
      "secretsmanager",
      "create-secret",
      "--cli-input-json",
      "file://input.json",
      "--tags",
      '[{"Key":"k","Value":"v"}]',
    );
    expect((await aws("secretsmanager", "get-secret-value", "--secret-id", "c")).json().SecretString).toBe(
      "from input",
    );
    await aws("secretsmanager", "create-secret", "--name", "d", "--secret-binary", "fileb://secret.json");
    const binary = (await aws("secretsmanager", "get-secret-value", "--secret-id", "d")).json().SecretBinary;
    expect(Buffer.from(binary, "base64").toString()).toBe('{"a":1}');
    const password = await aws(
      "secretsmanager",
      "get-random-password",
      "--exclude-punctuation",
      "--no-include-space",
      "--password-length",
      "9",
    );
    expect(password.json().RandomPassword).toMatch(/^[A-Za-z0-9]{9}$/);
    const gone = await aws("secretsmanager", "delete-secret", "--secret-id", "b", "--force-delete-without-recovery");
    expect(gone.code).toBe(0);
  });

  it("gathers all pages, or as many items as asked", async () => {
    for (const name of ["a", "b", "c"]) {
      await aws("secretsmanager", "create-secret", "--name", name);
      cloud.clock.advance(1_000);
    }
    const list = ["secretsmanager", "list-secrets", "--query", "[SecretList[].Name, NextToken]"];
    expect((await aws(...list, "--page-size", "1")).json()).toEqual([["a", "b", "c"], null]);
    const [names, token] = (await aws(...list, "--max-items", "2")).json();
    expect(names).toEqual(["a", "b"]);
    expect((await aws(...list, "--starting-token", token)).json()).toEqual([["c"], null]);
    expect((await aws(...list, "--max-results", "1", "--no-paginate")).json()[0]).toEqual(["a"]);
  });

  it("takes maps of attributes from files, as builds load their tables", async () => {
    const table = [
      "--attribute-definitions",
      "AttributeName=id,AttributeType=N",
      "--key-schema",
      "AttributeName=id,KeyType=HASH",
    ];
    await aws("dynamodb", "create-table", "--table-name", "clouds", ...table, "--billing-mode", "PAY_PER_REQUEST");
    expect((await aws("dynamodb", "wait", "table-exists", "--table-name", "clouds")).code).toBe(0);
    file("item.json", '{"id":{"N":"1"},"URL":{"S":"https://aws.amazon.com"}}');
    expect(await aws("dynamodb", "put-item", "--table-name", "clouds", "--item", "file://item.json")).toMatchObject({
      code: 0,
      out: "",
    });
    file("batch.json", '{"clouds":[{"PutRequest":{"Item":{"id":{"N":"2"},"B":{"B":"aGk="}}}}]}');
    const batch = await aws(
      "dynamodb",
      "batch-write-item",
      "--request-items",
      "file://batch.json",
      "--query",
      "length(UnprocessedItems)",
    );
    expect(batch.out).toBe("0\n");
    const scan = (await aws("dynamodb", "scan", "--table-name", "clouds", "--page-size", "1")).json();
    expect(scan).toMatchObject({ Count: 2, ScannedCount: 2 });
    expect(scan.Items).toContainEqual({ id: { N: "2" }, B: { B: "aGk=" } });
    const key = await aws(
      "dynamodb",
      "get-item",
      "--table-name",
      "clouds",
      "--key",
      '{"id":{"N":"1"}}',
      "--query",
      "Item.URL.S",
      "--output",
      "text",
    );
    expect(key.out).toBe("https://aws.amazon.com\n");
  });

  it("puts what streams into files, and takes it from them", async () => {
    file("body.txt", "hello");
    expect((await aws("s3api", "put-object", "--bucket", "b", "--key", "k", "--body", "body.txt")).code).toBe(0);
    const got = await aws("s3api", "get-object", "--bucket", "b", "--key", "k", "out.txt");
    expect(got.json()).toMatchObject({ LastModified: "1970-01-01T00:16:40+00:00" });
    expect(readFileSync(join(directory, "out.txt"), "utf8")).toBe("hello");
    expect((await aws("s3api", "get-object", "--bucket", "b", "--key", "k")).err).toContain("required: outfile");
  });

  it("fails as the CLI does", async () => {
    const missing = await aws("secretsmanager", "get-secret-value", "--secret-id", "none");
    expect(missing).toMatchObject({
      code: 254,
      out: "",
      err: "\nAn error occurred (ResourceNotFoundException) when calling the GetSecretValue operation: Secrets Manager can't find the specified secret.\n",
    });
    const required = await aws("secretsmanager", "get-secret-value");
    expect(required).toMatchObject({ code: 252 });
    expect(required.err).toContain("the following arguments are required: --secret-id");
    expect((await aws("secretsmanager", "get-secret-value", "--nonsense", "x")).err).toContain(
      "Unknown options: --nonsense",
    );
    expect((await aws("secretsmanager", "create-secret", "--name", "x", "--tags", "Key")).code).toBe(252);
    expect((await aws("secretsmanager", "no-such-thing")).err).toContain("has no 'secretsmanager no-such-thing'");
    expect((await aws("nosuchservice", "x")).code).toBe(252);
    expect((await aws("--version")).out).toMatch(/^aws-cli\/2\./);
  });
});
