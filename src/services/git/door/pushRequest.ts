import { AwsError } from "../../../kernel/errors.ts";
import { MAX_COMMAND_BYTES } from "../limits.ts";
import { PacketReader } from "./pktLine.ts";

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
    if (this.isPack()) return;
    this.seen += chunk.length;
    if (this.seen - chunk.length > MAX_COMMAND_BYTES)
      throw new AwsError("ProtocolError", "too many commands in one push");
    // What follows the last flush is the pack, which has no packets: nothing is read of it.
    for (let at = 0; at < chunk.length && !this.isPack(); at++) this.byte(chunk.subarray(at, at + 1));
  }

  get request(): PushRequest {
    return { updates: this.updates, capabilities: this.capabilities, options: this.options };
  }

  private isPack(): boolean {
    return this.part === "pack";
  }

  private byte(byte: Uint8Array): void {
    for (const { data } of this.packets.push(byte)) {
      if (data) this.line(data.toString().replace(/\n$/, ""));
      else this.part = this.part === "commands" && this.capabilities.includes("push-options") ? "options" : "pack";
    }
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
