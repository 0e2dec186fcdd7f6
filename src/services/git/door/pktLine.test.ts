import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FLUSH, PacketReader, packet } from "./pktLine.ts";
import { changedRefs, inGitHubsWords } from "./pushReport.ts";
import { PushReader } from "./pushRequest.ts";

/** The same bytes in pieces of any size. */
const pieces = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const at = [0, ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
};

describe("packets", () => {
  it("are read as they were written, however they are cut", () => {
    const data = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(fc.array(fc.option(data)), fc.array(fc.nat()), (all, cuts) => {
        const bytes = Buffer.concat(all.map((each) => (each ? packet(each) : FLUSH)));
        const reader = new PacketReader();
        const read = pieces(bytes, cuts).flatMap((piece) => [...reader.push(piece)]);
        expect(read.map((each) => each.data && [...each.data])).toEqual(
          all.map((each) => (each ? [...each] : undefined)),
        );
        expect(reader.remaining).toHaveLength(0);
      }),
    );
  });

  it("are refused with a length that is none", () => {
    expect(() => [...new PacketReader().push(Buffer.from("zzzz"))]).toThrow("bad packet length");
  });
});

describe("a push", () => {
  const ID = "a".repeat(40);
  const bytes = Buffer.concat([
    packet(Buffer.from(`${"0".repeat(40)} ${ID} refs/heads/main\0 report-status side-band-64k push-options`)),
    packet(Buffer.from(`${ID} ${"0".repeat(40)} refs/heads/old`)),
    FLUSH,
    packet(Buffer.from("nowait")),
    FLUSH,
    // What follows is the pack, which looks like no packet.
    Buffer.from("PACKzzzz"),
  ]);

  it("tells what it changes and what it asks, however it is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        const reader = new PushReader();
        for (const piece of pieces(bytes, cuts)) reader.push(piece);
        expect(reader.request).toEqual({
          updates: [
            { ref: "refs/heads/main", before: undefined, after: ID },
            { ref: "refs/heads/old", before: ID, after: undefined },
          ],
          capabilities: ["report-status", "side-band-64k", "push-options"],
          options: ["nowait"],
        });
      }),
    );
  });
});

describe("the report of a push", () => {
  const lines = Buffer.concat([
    packet(Buffer.from("unpack ok\n")),
    packet(Buffer.from("ok refs/heads/main\n")),
    packet(Buffer.from("ng refs/heads/side hook declined\n")),
    packet(Buffer.from("ok refs/tags/v1\n")),
    FLUSH,
  ]);
  const head = Buffer.from("Content-Type: application/x-git-receive-pack-result\r\n\r\n");

  it("names what was changed, whichever bands carry it in whatever pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        const banded = pieces(lines, cuts)
          .filter(({ length }) => length > 0)
          .flatMap((piece) => [
            packet(Buffer.concat([Buffer.from([1]), piece])),
            packet(Buffer.from("\x02remote words")),
          ]);
        const answer = Buffer.concat([head, ...banded, FLUSH]);
        const changed = changedRefs(answer, ["report-status", "side-band-64k"]);
        expect([...(changed ?? [])]).toEqual(["refs/heads/main", "refs/tags/v1"]);
      }),
    );
  });

  it("says of a declined reference what GitHub says, and nothing else otherwise", () => {
    const band = (piece: Buffer) => packet(Buffer.concat([Buffer.from([1]), piece]));
    const said = (bytes: Buffer) => [...new PacketReader().push(bytes)].map(inGitHubsWords).map(String).join("");
    const declined = packet(Buffer.from("ng refs/heads/side protected branch hook declined\n")).toString();
    expect(said(band(lines))).toContain(declined);
    expect(said(band(lines)).replace(declined, "")).toContain(packet(Buffer.from("ok refs/tags/v1\n")).toString());
    for (const other of [band(lines.subarray(0, 60)), packet(Buffer.from("\x02 hook declined\n")), band(FLUSH)])
      expect(said(other)).toBe(other.toString());
  });

  it("is read without bands, too, and missed where none was asked for", () => {
    const answer = Buffer.concat([head, lines]);
    expect([...(changedRefs(answer, ["report-status-v2"]) ?? [])]).toEqual(["refs/heads/main", "refs/tags/v1"]);
    expect(changedRefs(head, [])).toBeUndefined();
  });
});
