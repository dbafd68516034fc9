import assert from "node:assert/strict";
import { test } from "node:test";

import { uuid } from "../src/uuid";

test("it is a random UUID", () => {
  assert.match(uuid(), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  assert.notEqual(uuid(), uuid());
});
