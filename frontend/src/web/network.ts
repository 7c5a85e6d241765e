/** The network itself, carried out by ONNX Runtime in this browser, one processor, nothing fetched. */

import * as ort from "onnxruntime-web/wasm";
import type { Numbers, Recipes } from "./shape";

/** From the network's inputs to its first output, [rows][units]. */
export type Network = (inputs: Record<string, Numbers>) => Promise<number[][]>;

const TYPES = { float32: "float32", int32: "int32", uint8: "uint8" } as const;

/** What was written in base64. */
export const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** What was packed by gzip and written in base64. */
export async function unpacked(text: string): Promise<Uint8Array> {
  const stream = new Blob([bytes(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Opens the network.
 * @param runtime ONNX Runtime's WebAssembly, packed.
 * @param model The network as ONNX, packed.
 */
export async function open(runtime: string, model: string, recipes: Recipes): Promise<Network> {
  ort.env.wasm.numThreads = 1; // more of them need a server's headers
  ort.env.wasm.wasmBinary = await unpacked(runtime);
  ort.env.logLevel = "error";
  const session = await ort.InferenceSession.create(await unpacked(model), { executionProviders: ["wasm"] });
  return async (inputs) => {
    const feeds = Object.fromEntries(session.inputNames.map((name) => {
      const { rows, values } = inputs[name]!, { shape, dtype } = recipes.inputs[name]!;
      return [name, new ort.Tensor(TYPES[dtype], values, [rows, ...shape])];
    }));
    const found = (await session.run(feeds))[session.outputNames[0]!]!;
    const flat = Array.from(found.data as Float32Array), rows = found.dims[0]!, units = flat.length / Math.max(rows, 1);
    return Array.from({ length: rows }, (_, row) => flat.slice(row * units, (row + 1) * units));
  };
}
