/** A delivery that no later try would change: the receiver is gone, or does not let SNS in. */
export class DeliveryRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "DeliveryRefused";
  }
}
