/** How much room names and values take together. */
export const textBytes = (values: Readonly<Record<string, string>>): number =>
  Object.entries(values).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
