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
const held = ({ inputs }) => new Set(Object.keys(inputs).flatMap((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1] ?? []));
const licence = (name) => {
  const found = readdirSync(`node_modules/${name}`).find((entry) => /^licen[cs]e/i.test(entry));
  // ONNX Runtime's packages come without the text of theirs.
  const text = readFileSync(found ? `node_modules/${name}/${found}` : `licences/${name.replace(/-.*/, "")}.txt`, "utf8").trim();
  return `${name}\n${"=".repeat(name.length)}\n\n${text}\n`;
};
const licences = (file, packages) => writeFileSync(file, [...packages].sort().map(licence).join("\n\n"));
licences("modelyard_editor/modelyard_editor/LICENSES.txt", held(metafile));

// A model as a page of its own: the script and the style that `core/exports/web_page.py` puts into it, and ONNX Runtime's WebAssembly,
// packed as the page itself unpacks it.
const page = "../core/exports/_web";
rmSync(page, { recursive: true, force: true });
mkdirSync(page, { recursive: true });
const { metafile: within } = await build({ ...common, metafile: true, entryPoints: { page: "src/web/index.ts" }, outdir: page, format: "iife", charset: "ascii" });
await build({ ...common, entryPoints: { page: "src/web/page.css" }, outdir: page });
writeFileSync(`${page}/runtime.wasm.gz`, gzipSync(readFileSync("node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm"), { level: 9 }));
licences(`${page}/LICENSES.txt`, held(within));

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
