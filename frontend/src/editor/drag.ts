/** What the palette lays into the hand, and the canvas takes from it. */

const TYPE = "application/x-modelyard-layer";

export function carry(data: DataTransfer, entry: string): void {
  data.setData(TYPE, entry);
  data.setData("text/plain", entry);
  data.effectAllowed = "copy";
}

export function carries(data: DataTransfer): boolean {
  return data.types.includes(TYPE);
}

export function carried(data: DataTransfer): string {
  return data.getData(TYPE);
}
