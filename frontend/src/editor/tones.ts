/** The colour of each group of layers; made from the theme's, so that it follows light and dark. */

const TONES: Record<string, string> = {
  ends: "gray", learning: "green", activation: "orange", merging: "violet", guarding: "red", scaling: "blue", shaping: "yellow",
};
const OTHERS = ["blue", "green", "violet", "orange", "red", "yellow"];

export function tone(group: string): string {
  const sum = [...group].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return `var(--tone-${TONES[group] ?? OTHERS[sum % OTHERS.length]})`;
}
