/** How work is refused, as `Name: message`; undefined when it is not. */
export const refusal = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: Error) => `${error.name}: ${error.message}`,
  );
