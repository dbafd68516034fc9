/** Builds dist/: the loader, the conversation it loads on first open, and the demo page. Refuses to grow too big. */

import { build, transform } from "esbuild";
import { cp, readFile, rm } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const DIST = new URL("dist/", import.meta.url);
const LOADER_LIMIT = 5 * 1024;
const TOTAL_LIMIT = 30 * 1024;
const target = ["chrome111", "firefox113", "safari16.4"];

/** Style sheets are text in the script: minified, and adopted by the shadow roots. */
const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, target });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

const common = {
  absWorkingDir: new URL(".", import.meta.url).pathname,
  outdir: "dist",
  bundle: true,
  minify: true,
  target,
  plugins: [styles],
  metafile: true,
  legalComments: "none",
};

await rm(DIST, { recursive: true, force: true });
const app = await build({ ...common, entryPoints: { chat: "src/panel.ts" }, format: "esm", entryNames: "[name]-[hash]" });
const [chat] = Object.keys(app.metafile.outputs);
const address = chat.replace("dist/", "assets/");
await build({
  ...common,
  entryPoints: { widget: "src/loader.ts" },
  format: "iife",
  define: { APP: JSON.stringify(address) },
});
await cp(new URL("demo/", import.meta.url), DIST, { recursive: true });

const size = async (file) => gzipSync(await readFile(new URL(file, DIST)), { level: 9 }).length;
const loader = await size("widget.js");
const total = loader + (await size(chat.replace("dist/", "")));
console.log(`widget.js ${loader} bytes, in all ${total} bytes (gzip)`);
if (loader > LOADER_LIMIT || total > TOTAL_LIMIT) {
  console.error(`too big: at most ${LOADER_LIMIT} and ${TOTAL_LIMIT} bytes`);
  process.exitCode = 1;
}
