import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FailedTemplate, parseTemplate, renderTemplate, type TemplateScope, UnreadableTemplate } from "./render.ts";

const BODY = JSON.stringify({
  name: "x y",
  items: [
    { id: 1, n: "a" },
    { id: 2, n: "b" },
  ],
  m: { k: 1 },
  q: 'say "hi"',
});

const rendered = (template: string, scope: Partial<TemplateScope> = {}) =>
  renderTemplate(parseTemplate(template), {
    body: BODY,
    parameters: { path: { id: "7" }, querystring: { id: "8", q: "Q" }, header: { "X-Token": "t" } },
    context: { identity: { sourceIp: "1.2.3.4" }, requestId: "r" },
    stageVariables: { color: "red" },
    ...scope,
  });

describe("what templates make", () => {
  test.each([
    ["$input.json('$.m')", '{"k":1}'],
    ["$input.json('$.items[0].n') $input.json('$.nothing')", '"a" ""'],
    ["$input.json('$..id')", "[1,2]"],
    ["$input.path('$.m') $input.path('$.items[1].id')", "{k=1} 2"],
    ["$input.path('$.m').toString() $input.path('$.items').toString()", '{k=1} [{"id":1,"n":"a"},{"id":2,"n":"b"}]'],
    ["$input.params('id') $input.params('q') $input.params('x-token') [$input.params('none')]", "7 Q t []"],
    ["$input.params().header.get('X-Token') $input.params().path.keySet()", "t [id]"],
    ["#set($in = $input.path('$.m'))$in.k #foreach($or in [1, 2])$or#end", "1 12"],
    ["$context.identity.sourceIp $stageVariables.color", "1.2.3.4 red"],
    ["#foreach($i in $input.path('$.items'))$foreach.index:$i.n#if($foreach.hasNext),#end#end", "0:a,1:b"],
    [
      "#set($x = 'ab')$x.length() $x.contains('b') $x.isEmpty() $x.replaceAll('[ab]', 'z') $x.substring(1)",
      "2 true false zz b",
    ],
    ["#set($l = [])#set($d = $l.add('a'))$l.size() $l.get(0) $l.isEmpty()", "1 a false"],
    [
      "#set($m = {'a': 1})#set($d = $m.put('b', 2))$m.containsKey('b') $m.size() #foreach($e in $m.entrySet())$e.key=$e.value;#end",
      "true 2 a=1;b=2;",
    ],
    ["#if($input.params('q') == 'Q' && 1 + 2 * 2 == 5)yes#{else}no#end", "yes"],
    ["$util.escapeJavaScript($input.path('$.q'))", 'say \\"hi\\"'],
    ["$util.urlEncode($util.parseJson('{\"z\":[5]}'))", "%7Bz%3D%5B5%5D%7D"],
    [
      "$util.parseJson('{\"z\":5}').z $util.urlEncode('a b&') $util.base64Encode('x') $util.base64Decode('eA==')",
      "5 a+b%26 eA== x",
    ],
    ["$input.body.length()", String(BODY.length)],
    ["## a note\n{}", "{}"],
    ["$input.path('$.items')", '[{"id":1,"n":"a"},{"id":2,"n":"b"}]'],
    ["#set($x = $input.path('$.none'))#if($x == $null)null#end #if($x == '')empty#end", "null empty"],
    ["#set($x = $input.path('$.items'))#if($x == $null || $x == '')none#{else}some#end", "some"],
    ["$input.path('$.items.length()') $input.path('$.items.size()') [$input.path('$.name.size()')]", "2 2 []"],
    ["#set($n = 7 / 2)$n #set($n = 7.5 / 2)$n #set($n = 1 / 0)[$n]", "3 3.75 []"],
    ["#set($n = 0)$n.parseInt('12') $n.intValue()", "12 0"],
    ["#set($l = ['a', 'b'])$l #macro(hi $who)hi $who#end#hi('you')", "[a, b] hi you"],
    ["#foreach($i in $input.path('$.items'))$velocityCount$foreach.count#end", "1122"],
    [
      "#foreach($i in [1..3])$foreach.index$foreach.count $foreach.first $foreach.last $velocityHasNext;#end",
      "01 true false true;12 false false true;23 false true false;",
    ],
    ["#foreach($i in [1, 2])$i#if($foreach.hasNext()),#end#end", "1,2"],
    [
      "#foreach($i in [1, 2])#foreach($j in ['x', 'y'])$foreach.parent.count$j$foreach.topmost.last #end$foreach.last;#end",
      "1xfalse 1yfalse false;2xtrue 2ytrue true;",
    ],
    ["#foreach($i in [1..3])#if($i == 2)#break#end$i#end.", "1."],
    ["#foreach($v in $input.path('$.m'))$v#break#end#foreach($i in [1, 2])$i#end", "112"],
    ["#foreach($i in $nothing)x#end#foreach($i in $input.path('$.name'))x#end.", "."],
    ["#set($t = '$context.requestId #set($x = 1)$x')#evaluate($t) $x", "r 1 1"],
    ["#foreach($i in [1, 2])#evaluate('<$i>')#end", "<1><2>"],
  ])("%s", (template, text) => {
    expect(rendered(template).text).toBe(text);
  });

  test("a body that is no JSON is still there", () => {
    expect(rendered("$input.body|$input.json('$.a')", { body: "plain" }).text).toBe('plain|""');
  });

  test.each([
    ["[$stageVariables.none][$nothing.at.all()][$input.body.none]", "[][][]"],
    ["#set($x = $stageVariables.none)[$x]", "[]"],
    ["$input.body", "{}"],
    ["[$context.responseOverride][$context.get('requestOverride')]", "[][]"],
  ])("what is not there is empty: %s", (template, text) => {
    expect(rendered(template, { body: "" }).text).toBe(text);
  });

  test("overrides", () => {
    const { overrides } = rendered(
      "#set($context.responseOverride.status = 418)#set($context.responseOverride.header.x = 'y')#set($context.requestOverride.path.id = '9')",
    );
    expect(overrides).toMatchObject({
      response: { status: 418, header: { x: "y" } },
      request: { header: {}, path: { id: "9" }, querystring: {} },
    });
  });
});

test.each(["$util.urlDecode('%zz')", "#set($s = 'a')$s.matches('(')", "#macro(m)#m()#end#m()"])(
  "%s cannot be evaluated, which is the template's fault",
  (template) => {
    expect(() => rendered(template)).toThrow(FailedTemplate);
  },
);

test("a template that cannot be read is refused", () => {
  expect(() => parseTemplate("#set($x = )")).toThrow(UnreadableTemplate);
});

test("what escapeJavaScript makes is read back by JSON, but for single quotes and slashes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { text: escaped } = rendered("$util.escapeJavaScript($input.path('$.t'))", {
        body: JSON.stringify({ t: text }),
      });
      expect(JSON.parse(`"${escaped.replaceAll("\\'", "'")}"`)).toBe(text);
    }),
  );
});

test.each([
  "$input.constructor",
  "$util.parseJson.constructor",
  "$context.__proto__.polluted",
  "$input.body.constructor.name",
  "#foreach($i in [1])$foreach.constructor.name#end",
])("%s reaches nothing of the process", (template) => {
  expect(rendered(template).text).not.toMatch(/function|native|Object/);
});
