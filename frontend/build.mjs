// Bundles each component's source into one file that the pages send to the browser; the result is committed.
import { copyFileSync, mkdirSync } from "node:fs";
import { build } from "esbuild";

await build({
  entryPoints: { live_chart: "src/live_chart.ts" },
  outdir: "../pages/parts",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  loader: { ".css": "text" },
  legalComments: "inline",
  logLevel: "info",
});

// The font comes with the app, so that it looks alike everywhere and nothing is fetched from elsewhere.
const inter = "node_modules/@fontsource-variable/inter";
const fonts = "../pages/parts/static";
mkdirSync(fonts, { recursive: true });
copyFileSync(`${inter}/files/inter-latin-wght-normal.woff2`, `${fonts}/inter-latin.woff2`);
copyFileSync(`${inter}/files/inter-latin-ext-wght-normal.woff2`, `${fonts}/inter-latin-ext.woff2`);
copyFileSync(`${inter}/LICENSE`, `${fonts}/inter-LICENSE.txt`);
