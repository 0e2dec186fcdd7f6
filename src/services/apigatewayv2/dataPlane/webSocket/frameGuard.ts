/** AWS: a message may be longer than a frame, but no frame longer than this. */
export const MAX_FRAME_BYTES = 32 * 1024;

/**
 * Watches the bytes of a WebSocket for frames that are too long; calls once for the first. It reads no more than the
 * heads of frames: how long each is, and whether a mask follows.
 * https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export const createFrameGuard = (tooLong: () => void): ((chunk: Uint8Array) => void) => {
  let head: number[] = [];
  let left = 0;
  let isDone = false;
  return (chunk) => {
    for (let at = 0; at < chunk.length && !isDone; ) {
      if (left > 0) {
        const skipped = Math.min(left, chunk.length - at);
        left -= skipped;
        at += skipped;
        continue;
      }
      head.push(chunk[at] ?? 0);
      at += 1;
      const payload = payloadLength(head);
      if (payload === undefined) continue;
      isDone = payload > MAX_FRAME_BYTES;
      if (isDone) tooLong();
      left = payload + maskLength(head);
      head = [];
    }
  };
};

/** How long a frame's payload is; undefined while its head has not come whole. */
const payloadLength = (head: readonly number[]): number | undefined => {
  const [, second] = head;
  if (second === undefined) return undefined;
  const short = second & 0x7f;
  if (short < 126) return short;
  const extended = short === 126 ? 2 : 8;
  if (head.length < 2 + extended) return undefined;
  return head.slice(2, 2 + extended).reduce((length, byte) => length * 256 + byte, 0);
};

const maskLength = ([, second = 0]: readonly number[]): number => ((second & 0x80) === 0 ? 0 : 4);
