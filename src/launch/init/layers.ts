/** A layer whose code lies in the project and which SAM would build. */
export interface ProjectLayer {
  readonly folder: string;
  /** Where the runtime looks for it below `/opt`: `python`, `nodejs`. */
  readonly place: string;
}

/** SAM puts the content of a layer that it builds where its runtime looks for it; the place is the build method's. */
export const placeOfLayer = (buildMethod: unknown): string | undefined =>
  typeof buildMethod === "string" ? /^(python|nodejs)\d/.exec(buildMethod)?.[1] : undefined;

/** Moves the content of each layer one folder down; the template then packages it as SAM's build would have left it. */
export const moveLayers = (layers: readonly ProjectLayer[]): readonly string[] =>
  layers.map(
    ({ folder, place }) => `mv ${folder} ${folder}.code && mkdir ${folder} && mv ${folder}.code ${folder}/${place}`,
  );
