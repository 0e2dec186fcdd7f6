import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/**
 * Writes the library's types into dist/types: index.d.ts and what it reaches. Run before the package is packed; a clone
 * that only launches needs no types, and not the compiler either. Each file is read alone, without the program around
 * it: what these files export says its types itself, and what does not is refused here. Whether the types are right is
 * the check's to say.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "src");
const target = join(root, "dist", "types");
const RELATIVE_IMPORT = /((?:from|import\()\s*")(\.[^"]+)\.ts"/g;

const read = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(read.config.compilerOptions, root);
const compilerOptions = { ...options, noEmit: false, declaration: true, isolatedDeclarations: true };

const declarationOf = (path) => {
  const text = readFileSync(path, "utf8");
  const { outputText, diagnostics } = ts.transpileDeclaration(text, {
    ...{ fileName: path, reportDiagnostics: true, compilerOptions },
  });
  if (diagnostics.length === 0) return outputText;
  const host = { getCurrentDirectory: () => root, getCanonicalFileName: (name) => name, getNewLine: () => "\n" };
  console.error(ts.formatDiagnostics(diagnostics, host));
  process.exit(1);
};

rmSync(target, { recursive: true, force: true });
const reached = [join(source, "index.ts")];
for (const path of reached) {
  const text = declarationOf(path);
  const to = join(target, relative(source, path).replace(/\.ts$/, ".d.ts"));
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text.replace(RELATIVE_IMPORT, '$1$2.js"'));
  for (const [, , specifier] of text.matchAll(RELATIVE_IMPORT)) {
    const next = join(dirname(path), `${specifier}.ts`);
    if (!reached.includes(next)) reached.push(next);
  }
}
