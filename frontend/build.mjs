// Bundles each component's source into what the pages send to the browser; the result is committed.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const common = { bundle: true, minify: true, format: "esm", target: "es2022", logLevel: "warning" };

await build({
  ...common,
  entryPoints: { live_chart: "src/live_chart.ts" },
  outdir: "../pages/parts",
  loader: { ".css": "text" },
  legalComments: "inline",
});

// The layer editor, as the assets of a package: Streamlit sends them once, and the browser keeps them by their name.
const assets = "modelyard_editor/modelyard_editor/assets";
rmSync(assets, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });
await build({
  ...common,
  entryPoints: { editor: "src/editor/index.tsx" },
  entryNames: "[name]-[hash]",
  outdir: assets,
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  banner: { js: "/* With React, React DOM, @xyflow/react, zustand and @dagrejs/dagre (all MIT licence); see LICENSES.txt. */" },
});
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
