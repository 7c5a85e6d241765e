/** Small pictures for buttons, drawn in the colour of the text. */

const PATHS = {
  undo: "M9 7 4 12l5 5M4 12h11a5 5 0 0 1 0 10h-2",
  redo: "m15 7 5 5-5 5M20 12H9a5 5 0 0 0 0 10h2",
  arrange: "M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  large: "M14 4h6v6M10 20H4v-6M20 4l-7 7M4 20l7-7",
  keys: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
  warn: "M12 4 2.5 20h19zM12 10v5M12 17.6v.01",
  wait: "M6 3h12M6 21h12M7 3c0 5 10 7 10 9s-10 4-10 9M17 3c0 5-10 7-10 9s10 4 10 9",
  open: "M4 8h16v12H4zM8 4h8",
  check: "m5 13 4 4L19 7",
  cloud: "M7 18a4 4 0 0 1 0-8 5 5 0 0 1 9.6-1A4.5 4.5 0 0 1 17 18z",
  list: "M4 6h16M4 12h16M4 18h10",
  cross: "M6 6l12 12M18 6 6 18",
  wand: "m5 19 9-9M15 4v4M13 6h4M19 11v3M17.5 12.5h3M8 4v2M7 5h2",
} as const;

export function Icon({ name, size = 18 }: { name: keyof typeof PATHS; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
