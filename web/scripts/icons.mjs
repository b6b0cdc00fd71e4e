// Cuts the icons named in Layout/Icons.cs out of Tabler's sprite (2 MB) into wwwroot/lib/icons.svg (a few kB).
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { lib, modules, shell } from "./paths.mjs";

const names = [...(await readFile(join(shell, "Layout/Icons.cs"), "utf8")).matchAll(/const string \w+ = "([a-z0-9-]+)"/g)].map((m) => m[1]);
const sprite = await readFile(join(modules, "@tabler/icons-sprite/dist/tabler-sprite.svg"), "utf8");

const symbols = names.map((name) => {
  const symbol = sprite.match(new RegExp(`<symbol id="tabler-${name}"[^>]*>(.*?)</symbol>`, "s"));
  if (!symbol) throw new Error(`Layout/Icons.cs names the icon "${name}", which Tabler does not have.`);
  const shapes = symbol[1].replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, "").replace(/\s+/g, " ").trim();
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
});

await mkdir(lib, { recursive: true });
await writeFile(join(lib, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
