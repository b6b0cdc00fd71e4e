// Bundles Turbo and our part of ECharts into wwwroot/lib.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { lib, web } from "./paths.mjs";

// Turbo writes the style of its progress bar into a <style> element, which our CSP forbids; regard.css styles the bar instead.
const withoutInlineStyle = {
  name: "turbo-without-inline-style",
  setup({ onLoad }) {
    onLoad({ filter: /turbo\.es2017-esm\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const line = "document.head.insertBefore(this.stylesheetElement, document.head.firstChild);";
      if (source.split(line).length !== 2) {
        throw new Error(`Turbo has changed how it installs the style of its progress bar: look at ${path} and mend scripts.mjs.`);
      }
      return { contents: source.replace(line, ""), loader: "js" };
    });
  },
};

await build({
  entryPoints: [join(web, "src/turbo.js"), join(web, "src/echarts.js")],
  outdir: lib,
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "eof",
  plugins: [withoutInlineStyle],
  logLevel: "warning",
});
