/** What a launch tells while it runs; renderers decide how it looks. */
export type LaunchProgress =
  | { readonly kind: "step"; readonly name: string; readonly text: string }
  /** A stack begins; so many of its resources depend on no condition. */
  | { readonly kind: "stack"; readonly name: string; readonly resources: number }
  | {
      readonly kind: "resource";
      readonly logicalId: string;
      readonly type: string;
      readonly status: string;
      readonly reason: string | undefined;
    }
  /** A pipeline's run is followed from here on. */
  | { readonly kind: "run"; readonly pipeline: string; readonly id: string }
  | {
      readonly kind: "action";
      readonly stage: string;
      readonly action: string;
      readonly status: string;
      readonly durationMs: number | undefined;
      readonly summary: string | undefined;
      /** A person is waited for. */
      readonly needsApproval: boolean;
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

/** What was typed cannot be meant, whatever there is. */
export class LaunchMisused extends LaunchFailed {}
