import { AwsError } from "../../../kernel/errors.ts";
import { MAX_COMMAND_BYTES } from "../limits.ts";
import { type Packet, PacketReader } from "./pktLine.ts";

/** One reference a push asks to change; `undefined` stands for git's id of zeros. */
export interface RefUpdate {
  readonly ref: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What a push asks for, before its pack. */
export interface PushRequest {
  readonly updates: readonly RefUpdate[];
  readonly capabilities: readonly string[];
  readonly options: readonly string[];
}

/** Reads the commands of a push as its bytes pass by: https://git-scm.com/docs/pack-protocol#_reference_update_request_and_packfile_transfer */
export class PushReader {
  private readonly packets = new PacketReader();
  private readonly updates: RefUpdate[] = [];
  private readonly options: string[] = [];
  private capabilities: readonly string[] = [];
  private part: "commands" | "options" | "pack" = "commands";
  private seen = 0;

  push(chunk: Uint8Array): void {
    if (this.isWhole) return;
    this.seen += chunk.length;
    for (const packet of this.packets.push(chunk)) {
      this.packet(packet);
      // What follows the last flush is the pack, which has no packets: nothing is read of it.
      if (this.isWhole) return;
    }
    if (this.seen > MAX_COMMAND_BYTES) throw new AwsError("ProtocolError", "too many commands in one push");
  }

  get request(): PushRequest {
    return { updates: this.updates, capabilities: this.capabilities, options: this.options };
  }

  /** Whether all commands and options have come, and only the pack may follow. */
  get isWhole(): boolean {
    return this.part === "pack";
  }

  private packet({ data }: Packet): void {
    if (data) this.line(data.toString().replace(/\n$/, ""));
    else this.part = this.part === "commands" && this.capabilities.includes("push-options") ? "options" : "pack";
  }

  private line(text: string): void {
    if (this.part === "options") {
      this.options.push(text);
      return;
    }
    const [command = "", capabilities] = text.split("\0");
    if (capabilities !== undefined) this.capabilities = capabilities.trim().split(" ");
    const [before = "", after = "", ...ref] = command.split(" ");
    if (ref.length > 0) this.updates.push({ ref: ref.join(" "), before: idOf(before), after: idOf(after) });
  }
}

const idOf = (text: string): string | undefined => (/^0+$/.test(text) ? undefined : text);

/** A push whose commands have been read, and all of its bytes, to be handed on. */
export interface IncomingPush {
  readonly push: PushRequest;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Reads a push up to its pack. */
export const readPush = async (body: AsyncIterable<Uint8Array>): Promise<IncomingPush> => {
  const reader = new PushReader();
  const chunks = body[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  while (!reader.isWhole) {
    const { value, done } = await chunks.next();
    if (done) break;
    seen.push(value);
    reader.push(value);
  }
  return { push: reader.request, body: joined(seen, chunks) };
};

async function* joined(seen: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  yield* seen;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
