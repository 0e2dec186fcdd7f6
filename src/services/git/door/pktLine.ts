import { AwsError } from "../../../kernel/errors.ts";

/** https://git-scm.com/docs/protocol-common: four hexadecimal digits of length, which counts itself, and then data. */
const LENGTH_DIGITS = 4;
/** One less than 64 KiB, less the length's digits and the band's byte. */
const MAX_BAND_DATA = 65_515;

export const FLUSH = Buffer.from("0000");
/** The band of side-band-64k that is for the user's eyes. */
const PROGRESS_BAND = 2;

/** One packet: its whole bytes, and its data; a flush has none. */
export interface Packet {
  readonly bytes: Buffer;
  readonly data: Buffer | undefined;
}

/** Cuts a stream into packets; a packet in pieces waits for the rest. */
export class PacketReader {
  private rest: Buffer = Buffer.alloc(0);

  /** The packets that are whole by now, one at a time: what follows the last that is taken may be no packets. */
  *push(chunk: Uint8Array): Iterable<Packet> {
    this.rest = this.rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.rest, chunk]);
    for (let packet = this.next(); packet; packet = this.next()) yield packet;
  }

  /** What has come and is no whole packet. */
  get remaining(): Buffer {
    return this.rest;
  }

  private next(): Packet | undefined {
    if (this.rest.length < LENGTH_DIGITS) return undefined;
    const digits = this.rest.toString("latin1", 0, LENGTH_DIGITS);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new AwsError("ProtocolError", `bad packet length: ${digits}`);
    const length = Number.parseInt(digits, 16);
    // 0001 to 0003 are delimiters of version 2, which carry no data either.
    const size = Math.max(length, LENGTH_DIGITS);
    if (this.rest.length < size) return undefined;
    const bytes = this.rest.subarray(0, size);
    this.rest = this.rest.subarray(size);
    return { bytes, data: length < LENGTH_DIGITS ? undefined : bytes.subarray(LENGTH_DIGITS) };
  }
}

export const packet = (data: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from((data.length + LENGTH_DIGITS).toString(16).padStart(LENGTH_DIGITS, "0")), data]);

/** A line that git shows as `remote: line`. */
export const progressPacket = (line: string): Buffer =>
  packet(Buffer.concat([Buffer.from([PROGRESS_BAND]), Buffer.from(`${line}\n`).subarray(0, MAX_BAND_DATA)]));
