/** What a launch tells while it runs; renderers decide how it looks. */
export type LaunchProgress =
  | { readonly kind: "step"; readonly name: string; readonly text: string }
  | {
      readonly kind: "resource";
      readonly logicalId: string;
      readonly type: string;
      readonly status: string;
      readonly reason: string | undefined;
    }
  | {
      readonly kind: "action";
      readonly stage: string;
      readonly action: string;
      readonly status: string;
      readonly durationMs: number | undefined;
      readonly summary: string | undefined;
    };

/** Hears of progress as it happens. */
export type Tell = (progress: LaunchProgress) => void;

/** A launch that could not go on: what happened, why, and the next command. */
export class LaunchFailed extends Error {
  readonly next: string;
  constructor(message: string, next: string) {
    super(message);
    this.name = "LaunchFailed";
    this.next = next;
  }
}
