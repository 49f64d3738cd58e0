// Bundles each folder of src/ into one file of dist/, with the licences of all that is in it.
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
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
// Beside the bundles: the font that pictures are written in where a machine has none, and shapes of countries.
const COPIED = [
  "dejavu-fonts-ttf/ttf/DejaVuSans.ttf", "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf",
  "world-atlas/countries-110m.json", "world-atlas/countries-50m.json",
];
COPIED.forEach((path) => copyFileSync(`node_modules/${path}`, `dist/${basename(path)}`));
// What packages need of other packages is bundled with them, so the lock tells whose licences belong here.
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const licences = Object.entries(packages).filter(([path, { dev }]) => path && !dev).map(([path, { version, license }]) => {
  const file = ["LICENSE", "LICENSE.txt"].map((name) => `${path}/${name}`).find(existsSync);
  if (!file) throw new Error(`${path} has no file with its licence`);
  return `${path.replace("node_modules/", "")} ${version} (${license})\n\n${readFileSync(file, "utf8")}`;
});
writeFileSync("dist/LICENSES.txt", licences.join("\n\n"));
