/** Wakes those who wait for a deployment's record to change. */
export class Bells {
  private readonly waiting = new Map<string, () => void>();

  /** Resolves when the deployment's bell rings or the signal aborts. Each deployment has one driver, so one waiter. */
  next(deploymentId: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.waiting.delete(deploymentId);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      this.waiting.set(deploymentId, wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }

  ring(deploymentId: string): void {
    this.waiting.get(deploymentId)?.();
  }
}
