// Bundles each component's source into what the pages send to the browser; the result is committed.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const common = { bundle: true, minify: true, format: "esm", target: "es2022", logLevel: "warning" };

// The layer editor and the moving panel, as the assets of a package: Streamlit sends them once, and the browser keeps them by name.
const assets = "modelyard_editor/modelyard_editor/assets";
rmSync(assets, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });
const { metafile } = await build({
  ...common,
  metafile: true,
  entryPoints: { editor: "src/editor/index.tsx", live: "src/live/index.ts" },
  entryNames: "[name]-[hash]",
  outdir: assets,
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  banner: { js: "/* Holds packages of others; their licences stand in LICENSES.txt beside this folder. */" },
});
// The licences of what the bundle holds travel with it.
const packages = new Set(Object.keys(metafile.inputs).flatMap((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1] ?? []));
const licences = [...packages].sort().map((name) => {
  const file = readdirSync(`node_modules/${name}`).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name}\n${"=".repeat(name.length)}\n\n${readFileSync(`node_modules/${name}/${file}`, "utf8").trim()}\n`;
});
writeFileSync("modelyard_editor/modelyard_editor/LICENSES.txt", licences.join("\n\n"));

for (const name of readdirSync(assets)) {
  const bytes = readFileSync(`${assets}/${name}`);
  console.log(name, bytes.length, "bytes,", gzipSync(bytes).length, "gzipped");
}

// The font comes with the app, so that it looks alike everywhere and nothing is fetched from elsewhere.
const inter = "node_modules/@fontsource-variable/inter";
const fonts = "../pages/parts/static";
mkdirSync(fonts, { recursive: true });
copyFileSync(`${inter}/files/inter-latin-wght-normal.woff2`, `${fonts}/inter-latin.woff2`);
copyFileSync(`${inter}/files/inter-latin-ext-wght-normal.woff2`, `${fonts}/inter-latin-ext.woff2`);
copyFileSync(`${inter}/LICENSE`, `${fonts}/inter-LICENSE.txt`);
