/** The import direction of DESIGN: see ARCHITECTURE.md. */
const forbid = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

/** Tests, and what only tests use: fixtures, fakes, generators of random values. */
const TEST_ONLY =
  "\\.test\\.ts$|(Fixture|Fake|Arbitraries|UnderTest)\\.ts$|/test[A-Z]\\w*\\.ts$|/(capturedRequest|crashingWriter)\\.ts$";

module.exports = {
  forbidden: [
    forbid("no-cycles", {}, { circular: true }, "No cycles anywhere."),
    forbid(
      "kernel-knows-nobody",
      { path: "^src/kernel" },
      { path: "^src/(?!kernel|store/(records|blobs)\\.ts)" },
      "The kernel is words everyone speaks; of the store it knows the two interfaces.",
    ),
    forbid(
      "store-knows-kernel",
      { path: "^src/store" },
      { path: "^src/(?!store|kernel)" },
      "The store knows the kernel only.",
    ),
    forbid(
      "wire-knows-kernel",
      { path: "^src/wire" },
      { path: "^src/(?!wire|kernel)" },
      "The wire knows the kernel only.",
    ),
    forbid(
      "engines-know-kernel",
      { path: "^src/engines" },
      { path: "^src/(?!engines|kernel|store/(records|blobs)\\.ts)" },
      "Engines know no wire and no service.",
    ),
    forbid(
      "engines-apart",
      { path: "^src/engines/([^/]+)/" },
      { path: "^src/engines/", pathNot: ["^src/engines/$1/", "^src/engines/process/"] },
      "Engines share only the process engine.",
    ),
    forbid(
      "services-apart",
      { path: "^src/services/([^/]+)/", pathNot: TEST_ONLY },
      { path: "^src/services/", pathNot: "^src/services/$1/" },
      "Rooms speak through dispatch, never by import.",
    ),
    forbid(
      "services-below-cloud",
      { path: "^src/services/", pathNot: TEST_ONLY },
      { path: "^src/(wire|launch|cli|cloud\\.ts|index\\.ts|state\\.ts|control\\.ts|services\\.ts)" },
      "Services see no bytes and no composition.",
    ),
    forbid(
      "launch-is-a-client",
      { path: "^src/launch" },
      { path: "^src/(?!launch|kernel)" },
      "The launch is an AWS client like any other.",
    ),
    forbid(
      "console-is-a-client",
      { path: "^console" },
      { path: "^src", dependencyTypesNot: ["type-only"] },
      "The console knows the cloud by HTTP, and of its source the types only.",
    ),
    forbid(
      "nothing-needs-the-console",
      { path: "^src/(?!console|cloud\\.ts)", pathNot: TEST_ONLY },
      { path: "^(console|src/console)" },
      "The cloud is whole without its console.",
    ),
    forbid(
      "tests-stay-out",
      { path: "^src", pathNot: TEST_ONLY },
      { path: "\\.test\\.ts$|^test/|fast-check|vitest" },
      "Nothing that runs imports a test.",
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    exclude: { path: "\\.generated\\.json$" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
