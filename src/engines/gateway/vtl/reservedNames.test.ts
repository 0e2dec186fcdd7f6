import { expect, test } from "vitest";
import { withoutReservedNames } from "./reservedNames.ts";

test("references that are called like operators get other names", () => {
  expect(withoutReservedNames("#set($in = 1)$in.name $!in ${or} $!{ne}")).toBe(
    "#set($in_reference = 1)$in_reference.name $!in_reference ${or_reference} $!{ne_reference}",
  );
});

test("whatever else has such a word in it stays as it is", () => {
  const template = "#foreach($i in $index)$order #if($i or $j)#end #[[ $in ]]# ## $in\n#* $or *# \\$in $a.in";
  expect(withoutReservedNames(template)).toBe(template);
});
