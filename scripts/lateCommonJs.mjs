/** CommonJS packages of which no name is taken: the default of one, and what another does by being loaded. */
const NAMELESS = ["node_modules/jsonata/jsonata.js", "node_modules/reflect-metadata/Reflect.js"];

/**
 * Throws where our code loads a CommonJS package by `import()`: bundled, that has nothing but a default, while from the source
 * it has names as well. A module of ours that imports the package and is loaded late does the same without the difference.
 */
export const refuseLateCommonJs = ({ inputs }) => {
  const late = Object.entries(inputs).flatMap(([path, { imports }]) =>
    imports
      .filter(({ kind, path: target }) => kind === "dynamic-import" && inputs[target]?.format === "cjs")
      .filter(({ path: target }) => path.startsWith("src/") && !NAMELESS.includes(target))
      .map(({ path: target }) => `${path}: ${target}`),
  );
  if (late.length > 0)
    throw new Error(`CommonJS loaded by import(), which has no names once bundled:\n${late.join("\n")}`);
};
