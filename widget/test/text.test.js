import assert from "node:assert/strict";
import { test } from "node:test";

import { blocks } from "../src/text";

test("blank lines part paragraphs", () => {
  assert.deepEqual(blocks("One.\n\nTwo,\nstill two.\n"), [
    { kind: "paragraph", text: "One." },
    { kind: "paragraph", text: "Two,\nstill two." },
  ]);
});

test("a list may follow its introduction at once or after a blank line", () => {
  const list = { kind: "list", items: ["a", "b"] };
  const introduction = { kind: "paragraph", text: "It may be:" };
  assert.deepEqual(blocks("It may be:\n- a\n- b"), [introduction, list]);
  assert.deepEqual(blocks("It may be:\n\n- a\n- b"), [introduction, list]);
});

test("a minus that begins no item is text", () => {
  assert.deepEqual(blocks("-5 degrees, < 3 & > 2"), [{ kind: "paragraph", text: "-5 degrees, < 3 & > 2" }]);
});
