import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";
import { describe, expect, it } from "vitest";
import { type AuthorityKeeper, createAuthority, type KeptAuthority } from "./authority.ts";
import { issue, makeAuthority } from "./certificates.ts";

const keeper = (): AuthorityKeeper & { kept: KeptAuthority | undefined } => ({
  kept: undefined,
  read() {
    return this.kept;
  },
  write(authority) {
    this.kept = authority;
  },
});

describe("the authority", () => {
  it("is made once and kept", async () => {
    const place = keeper();
    const authority = createAuthority(place, []);
    expect(place.kept).toBeUndefined();
    const [first, second] = await Promise.all([authority.certificate(), authority.certificate()]);
    expect(second).toBe(first);
    expect(await createAuthority(place, []).certificate()).toBe(first);
  });

  it("is made anew for other names, and before it ends", async () => {
    const place = keeper();
    const first = await createAuthority(place, []).certificate();
    const wider = await createAuthority(place, ["cloud.example"]).certificate();
    expect(wider).not.toBe(first);
    const names = place.kept?.names ?? [];
    const old = { ...(await makeAuthority(names, Date.now() - 3640 * 86_400_000)), names };
    place.kept = old;
    expect(await createAuthority(place, ["cloud.example"]).certificate()).not.toBe(old.certificate);
  });

  it("gives one context for a name however it is spelt, and none for a name that is not ours", async () => {
    const authority = createAuthority(keeper(), ["cloud.example"]);
    expect(await authority.contextFor("S3.amazonaws.com")).toBe(await authority.contextFor("s3.amazonaws.com"));
    await expect(authority.contextFor("cloud.example")).resolves.toBeDefined();
    await expect(authority.contextFor("example.com")).rejects.toThrow("example.com is no name of this cloud");
  });

  /** What a client that trusts the authority says to a server with a certificate of it. */
  const handshake = async (names: readonly string[], shown: string) => {
    const authority = await makeAuthority(names, Date.now());
    const { certificate, key } = await issue(authority, [shown], Date.now());
    const server = createServer({ cert: certificate, key }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const socket = connect({ port, host: "127.0.0.1", servername: shown, ca: authority.certificate });
    try {
      await once(socket, "secureConnect");
      return "trusted";
    } catch (error) {
      return (error as NodeJS.ErrnoException).message;
    } finally {
      socket.destroy();
      server.close();
    }
  };

  it("could vouch for nobody else even if its key got out", async () => {
    expect(await handshake(["localhost"], "api.localhost")).toBe("trusted");
    expect(await handshake(["localhost"], "example.com")).toBe("permitted subtree violation");
    expect(await handshake(["localhost", "10.0.0.1"], "example.com")).toBe("permitted subtree violation");
    expect(await handshake(["*"], "example.com")).toBe("trusted");
  });
});
