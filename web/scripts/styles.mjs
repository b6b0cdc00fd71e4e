// Cuts the part of Tabler that our pages use (about a tenth) into wwwroot/lib/tabler.css.
// A rule stays when every class it names is a word somewhere in a .razor file, in Layout or in regard.js:
// so class names must be written whole, never put together from pieces.
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import postcss from "postcss";
import { lib, modules, shell } from "./paths.mjs";

const speaksOfClasses = (file) =>
  file.endsWith(".razor") || (file.startsWith("Layout/") && file.endsWith(".cs")) || file === "wwwroot/regard.js";

async function wordsInUse() {
  const files = (await readdir(shell, { recursive: true }))
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !/^(bin|obj)\//.test(file) && speaksOfClasses(file));
  const texts = await Promise.all(files.map((file) => readFile(join(shell, file), "utf8")));
  return new Set(texts.flatMap((text) => text.match(/[\w-]+/g) ?? []));
}

const classesOf = (selector) => [...selector.replace(/:not\([^)]*\)/g, "").matchAll(/\.((?:[\w-]|\\.)+)/g)].map((m) => m[1].replaceAll("\\", ""));

function keepUsed(root, words) {
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name.endsWith("keyframes")) return;
    const kept = rule.selectors.filter((selector) => classesOf(selector).every((name) => words.has(name)));
    if (kept.length === 0) rule.remove();
    else if (kept.length < rule.selectors.length) rule.selectors = kept;
  });
  const animations = new Set();
  root.walkDecls(/^animation/, (declaration) => declaration.value.match(/[\w-]+/g)?.forEach((word) => animations.add(word)));
  root.walkAtRules(/keyframes$/, (rule) => void (animations.has(rule.params) || rule.remove()));
  root.walkAtRules((rule) => void (rule.nodes?.length === 0 && rule.remove()));
}

// A custom property that nothing reads is dropped, again and again until none is left that only such a property read.
function dropUnreadProperties(root, alsoReadBy) {
  for (let dropped = true; dropped; ) {
    const read = new Set(alsoReadBy.match(/--[\w-]+/g));
    root.walkDecls((declaration) => declaration.value.match(/--[\w-]+/g)?.forEach((name) => read.add(name)));
    dropped = false;
    root.walkDecls(/^--/, (declaration) => {
      if (read.has(declaration.prop)) return;
      declaration.remove();
      dropped = true;
    });
  }
  root.walkRules((rule) => void (rule.nodes.length === 0 && rule.remove()));
}

const [tabler, ours, words] = await Promise.all([
  readFile(join(modules, "@tabler/core/dist/css/tabler.css"), "utf8"),
  readFile(join(shell, "wwwroot/regard.css"), "utf8"),
  wordsInUse(),
]);
const root = postcss.parse(tabler);
keepUsed(root, words);
dropUnreadProperties(root, ours);
const { code } = await transform(root.toString(), { loader: "css", minify: true, target: ["chrome123", "firefox120", "safari17.5"] });

await mkdir(lib, { recursive: true });
await writeFile(join(lib, "tabler.css"), code);
