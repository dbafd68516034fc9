import assert from "node:assert/strict";
import { test } from "node:test";

import { tel, web } from "../src/links";

test("only web pages are linked to", () => {
  assert.equal(web("https://example.org/a?b"), "https://example.org/a?b");
  for (const url of [null, "javascript:alert(1)", " https://example.org", "data:text/html,x", "/a"])
    assert.equal(web(url), undefined);
});

test("a number is dialed without what is there for the eye", () => {
  assert.equal(tel("+44 (20) 7946-0000"), "tel:+442079460000");
});
