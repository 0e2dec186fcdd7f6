import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COVERAGE_FORMATS, TEST_FORMATS } from "../buildspec/types.ts";
import { readCoverage, readTests } from "./read.ts";
import { UnreadableReport } from "./results.ts";

describe("test results", () => {
  it("are read from JUnit's XML, suites within suites", () => {
    const text = `<?xml version="1.0"?><testsuites><testsuite name="outer"><testsuite name="inner">
      <testcase classname="a.B" name="adds &amp; checks" time="0.25"/>
      <testcase classname="a.B" name="fails"><failure message="expected 1">at line 2</failure></testcase>
      <testcase classname="a.B" name="breaks"><error>boom</error></testcase>
      <testcase classname="a.B" name="waits"><skipped/></testcase></testsuite></testsuite></testsuites>`;
    expect(readTests("JUNITXML", text)).toEqual([
      { name: "adds & checks", prefix: "a.B", suite: "inner", status: "SUCCEEDED", durationNs: 250_000_000 },
      {
        name: "fails",
        prefix: "a.B",
        suite: "inner",
        status: "FAILED",
        durationNs: 0,
        message: "expected 1\nat line 2",
      },
      { name: "breaks", prefix: "a.B", suite: "inner", status: "ERROR", durationNs: 0, message: "boom" },
      { name: "waits", prefix: "a.B", suite: "inner", status: "SKIPPED", durationNs: 0 },
    ]);
  });

  it("are read from Cucumber's JSON, a scenario each", () => {
    const step = (status: string, more = {}) => ({ result: { status, duration: 5, ...more } });
    const elements = [
      { type: "background", name: "b", steps: [step("passed")] },
      { type: "scenario", name: "works", steps: [step("passed"), step("passed")] },
      { type: "scenario", name: "fails", steps: [step("failed", { error_message: "no" }), step("skipped")] },
      { type: "scenario", name: "unwritten", steps: [step("undefined")] },
      { type: "scenario", name: "later", steps: [step("pending")] },
    ];
    const cases = readTests("CUCUMBERJSON", JSON.stringify([{ name: "Clouds", elements }]));
    expect(cases.map(({ name, status, durationNs, message }) => [name, status, durationNs, message])).toEqual([
      ["works", "SUCCEEDED", 10, undefined],
      ["fails", "FAILED", 10, "no"],
      ["unwritten", "ERROR", 5, undefined],
      ["later", "SKIPPED", 5, undefined],
    ]);
  });

  it("are read from NUnit 2 and 3", () => {
    const two = `<test-results><test-suite name="Fix"><results>
      <test-case name="N.Fix.Ok" executed="True" result="Success" time="0.5"/>
      <test-case name="N.Fix.Not" executed="False" result="NotRunnable"><reason><message>No arguments</message></reason></test-case>
      <test-case name="N.Fix.Bad" result="Failure"><failure><message>m</message><stack-trace>s</stack-trace></failure></test-case>
      </results></test-suite></test-results>`;
    expect(readTests("NUNITXML", two)).toEqual([
      { name: "N.Fix.Ok", prefix: "N.Fix", suite: "Fix", status: "SUCCEEDED", durationNs: 500_000_000 },
      { name: "N.Fix.Not", prefix: "N.Fix", suite: "Fix", status: "ERROR", durationNs: 0, message: "No arguments" },
      { name: "N.Fix.Bad", prefix: "N.Fix", suite: "Fix", status: "FAILED", durationNs: 0, message: "m\ns" },
    ]);
    const three = `<test-run><test-suite type="TestFixture" name="Fix"><test-case fullname="N.Fix.A(1.5)" classname="N.Fix" result="Passed" duration="0.001"/>
      <test-case fullname="N.Fix.B" classname="N.Fix" result="Failed" label="Error"/>
      <test-case fullname="N.Fix.C" classname="N.Fix" result="Skipped" label="Ignored"/>
      <test-case fullname="N.Fix.D" classname="N.Fix" result="Inconclusive"/></test-suite></test-run>`;
    expect(readTests("NUNIT3XML", three).map(({ status }) => status)).toEqual([
      "SUCCEEDED",
      "ERROR",
      "SKIPPED",
      "UNKNOWN",
    ]);
  });

  it("are read from TestNG, without what only prepares", () => {
    const text = `<testng-results><suite name="S"><test name="T"><class name="a.B">
      <test-method status="PASS" name="setUp" is-config="true" duration-ms="1"/>
      <test-method status="PASS" name="one" duration-ms="12"/>
      <test-method status="FAIL" name="two" duration-ms="3"><exception class="E"><message><![CDATA[expected]]></message></exception></test-method>
      </class></test></suite></testng-results>`;
    expect(readTests("TESTNGXML", text)).toEqual([
      { name: "one", prefix: "a.B", suite: "S", status: "SUCCEEDED", durationNs: 12_000_000 },
      { name: "two", prefix: "a.B", suite: "S", status: "FAILED", durationNs: 3_000_000, message: "expected" },
    ]);
  });

  it("are read from Visual Studio's TRX", () => {
    const text = `<TestRun name="run" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
      <Results><UnitTestResult testId="1" testName="Adds" outcome="Passed" duration="00:00:01.5000000"/>
      <UnitTestResult testId="2" testName="Fails" outcome="Failed"><Output><ErrorInfo><Message>no</Message></ErrorInfo></Output></UnitTestResult>
      <UnitTestResult testId="3" testName="Waits" outcome="NotExecuted"/></Results>
      <TestDefinitions><UnitTest id="1"><TestMethod className="N.C"/></UnitTest></TestDefinitions></TestRun>`;
    expect(readTests("VISUALSTUDIOTRX", text)).toEqual([
      { name: "Adds", prefix: "N.C", suite: "run", status: "SUCCEEDED", durationNs: 1_500_000_000 },
      { name: "Fails", prefix: "", suite: "run", status: "FAILED", durationNs: 0, message: "no" },
      { name: "Waits", prefix: "", suite: "run", status: "SKIPPED", durationNs: 0 },
    ]);
  });
});

describe("code coverage", () => {
  const counted = (path: string, ...counts: readonly number[]) => {
    const [linesCovered, linesMissed, branchesCovered, branchesMissed] = counts;
    return { path, linesCovered, linesMissed, branchesCovered, branchesMissed };
  };

  it("is read from JaCoCo", () => {
    const text = `<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="r"><group name="g"><package name="a/b">
      <class name="a/b/C"><counter type="LINE" missed="9" covered="9"/></class>
      <sourcefile name="C.java"><line nr="1" mi="0" ci="2"/><counter type="LINE" missed="1" covered="3"/><counter type="BRANCH" missed="2" covered="2"/></sourcefile>
      </package></group></report>`;
    expect(readCoverage("JACOCOXML", text)).toEqual([counted("a/b/C.java", 3, 1, 2, 2)]);
  });

  it("is read from Cobertura, classes of one file together", () => {
    const line = (number: number, hits: number, more = "") => `<line number="${number}" hits="${hits}" ${more}/>`;
    const text = `<coverage><packages><package><classes><class filename="a.py"><methods><method><lines>${line(1, 1)}</lines></method></methods><lines>${line(1, 1)}${line(2, 0)}${line(3, 1, 'branch="true" condition-coverage="50% (1/2)"')}</lines></class>
      <class filename="a.py"><lines>${line(9, 1)}</lines></class></classes></package></packages></coverage>`;
    expect(readCoverage("COBERTURAXML", text)).toEqual([counted("a.py", 3, 1, 1, 1)]);
  });

  it("is read from Clover", () => {
    const text = `<coverage><project><package name="p"><file name="a.js" path="/src/a.js"><line num="1" type="stmt" count="1"/><line num="2" type="cond" count="1" truecount="1" falsecount="0"/><line num="3" type="stmt" count="0"/></file></package></project></coverage>`;
    expect(readCoverage("CLOVERXML", text)).toEqual([counted("/src/a.js", 2, 1, 1, 1)]);
  });

  it("is read from LCOV, what several tests have reached together", () => {
    const first = ["TN:one", "SF:/src/a.js", "DA:1,4", "DA:2,0,sum", "BRDA:1,0,0,2", "BRDA:1,0,1,-", "LF:2", "LH:1"];
    const second = ["TN:two", "SF:/src/a.js", "DA:2,1", "DA:3,0", "end_of_record"];
    const other = ["SF:/src/b.js", "FN:1,f", "FNDA:0,f", "DA:1,0", "end_of_record"];
    const text = [...first, "end_of_record", ...second, ...other].join("\n");
    expect(readCoverage("LCOVINFO", text)).toEqual([
      counted("/src/a.js", 2, 1, 1, 1),
      counted("/src/b.js", 0, 1, 0, 0),
    ]);
    expect(() => readCoverage("LCOVINFO", "{}")).toThrow(UnreadableReport);
  });

  it("is read from all three JSONs of SimpleCov", () => {
    const file = { filename: "/a.rb", coverage: [null, 1, 0, 4] };
    expect(readCoverage("SIMPLECOV", JSON.stringify({ files: [file] }))).toEqual([counted("/a.rb", 2, 1, 0, 0)]);
    const branches = { "[:if, 0]": { "[:then, 1]": 1, "[:else, 2]": 0 } };
    const resultset = { RSpec: { coverage: { "/a.rb": { lines: [1, null], branches } } } };
    expect(readCoverage("SIMPLECOV", JSON.stringify(resultset))).toEqual([counted("/a.rb", 1, 0, 1, 1)]);
    const own = { meta: {}, coverage: { "/a.rb": { lines: [0], branches: [{ coverage: 2 }] } } };
    expect(readCoverage("SIMPLECOV", JSON.stringify(own))).toEqual([counted("/a.rb", 0, 1, 1, 0)]);
  });
});

describe("whatever a file holds", () => {
  it("is read, or refused as unreadable", () => {
    const garbage = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(
        "<a>",
        "<testsuite>",
        "<testsuite/>",
        "<coverage><file/></coverage>",
        "[[1]]",
        '{"files":[null]}',
      ),
    );
    fc.assert(
      fc.property(garbage, fc.constantFrom(...TEST_FORMATS, ...COVERAGE_FORMATS), (text, format) => {
        try {
          const isOfTests = TEST_FORMATS.some((known) => known === format);
          const read = isOfTests ? readTests(format as never, text) : readCoverage(format as never, text);
          expect(Array.isArray(read)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableReport);
        }
      }),
    );
  });
});
