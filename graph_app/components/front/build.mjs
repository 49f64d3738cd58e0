// Bundles each folder of src/ into one file of dist/, with the licences of all that is in it.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const names = readdirSync("src", { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: Object.fromEntries(names.map((name) => [name, `src/${name}/index.js`])),
  outdir: "dist",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  loader: { ".css": "text" },
});
const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const licences = Object.keys(dependencies).map((name) => {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  const text = readFileSync(`node_modules/${name}/LICENSE`, "utf8");
  return `${name} ${version} (${license})\n\n${text}`;
});
writeFileSync("dist/LICENSES.txt", licences.join("\n\n"));
