import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const web = join(dirname(fileURLToPath(import.meta.url)), "..");
export const modules = join(web, "node_modules");
export const shell = join(web, "../src/Regard.Web");
export const lib = join(shell, "wwwroot/lib");
