/** AWS: 1, 5, 10, 20 and 30 seconds, for what was published with high resolution, and whole minutes. */
export const periodIsValid = (seconds: number): boolean =>
  [1, 5, 10, 20, 30].includes(seconds) || (seconds >= 60 && seconds % 60 === 0);
