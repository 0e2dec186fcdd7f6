import { describe, expect, it } from "vitest";
import { randomIds } from "../../kernel/ids.ts";
import { createCredentialServer } from "./credentialServer.ts";

const credentials = { accessKeyId: "ASIA1", secretAccessKey: "s", sessionToken: "t", expiration: 0 };

describe("the credential server", () => {
  it("answers who brings a token, and no one else", async () => {
    await using server = createCredentialServer(randomIds());
    const { environment, release } = await server.grant(() => credentials);
    const url = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] ?? "";
    const authorization = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] ?? "";
    const ask = (headers: Record<string, string>) => fetch(url, { headers });
    expect(await (await ask({ authorization })).json()).toEqual({
      AccessKeyId: "ASIA1",
      SecretAccessKey: "s",
      Token: "t",
      Expiration: "1970-01-01T00:00:00.000Z",
    });
    expect((await ask({})).status).toBe(403);
    expect((await ask({ authorization: "guess" })).status).toBe(403);
    release();
    expect((await ask({ authorization })).status).toBe(403);
  });
});
