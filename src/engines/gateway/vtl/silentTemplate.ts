import { Compile } from "velocityjs";

/**
 * A template in which, as in API Gateway, a reference to nothing is an empty text, where Velocity would show the
 * reference itself.
 */
export class SilentTemplate extends Compile {
  readonly #muted = new WeakSet<object>();

  /** AWS: the maps within a map such as `$context` are empty texts when they are shown. */
  mute(map: object): void {
    for (const value of Object.values(map)) {
      if (typeof value !== "object" || value === null) continue;
      this.#muted.add(value);
      this.mute(value);
    }
  }

  override getReferences(...[reference, isShown]: Parameters<Compile["getReferences"]>): string {
    const quiet = { ...reference, leader: "$!" };
    const value = super.getReferences(isShown ? quiet : reference, isShown);
    // A text by velocityjs's own types only: it is whatever the reference stands for.
    const found: unknown = value;
    return isShown && typeof found === "object" && found !== null && this.#muted.has(found) ? "" : value;
  }
}
