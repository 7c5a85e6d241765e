// Bundles each component's source into one file that the pages send to the browser; the result is committed.
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
